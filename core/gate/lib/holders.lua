-- holders: the Bloom filter of the buyers who have an order. holder-filter.ts reads it.
local PROBES = 4

-- Marks a buyer in a filter of so many bits.
local function markHolder(holdersKey, bits, buyerId)
  local digest = redis.sha1hex(buyerId)
  for probe = 0, PROBES - 1 do
    local bit = tonumber(string.sub(digest, probe * 8 + 1, probe * 8 + 8), 16) % bits
    redis.call("SETBIT", holdersKey, bit, 1)
  end
end

-- Makes a filter of so many bits one of at least the wanted ones, by repeating itself: a probe modulo the old size finds its
-- bit in each copy. Answers how many bits it has then.
local function growHolders(holdersKey, bits, wantedBits)
  if wantedBits <= bits then return bits end
  local filter = redis.call("GET", holdersKey)
  if filter then filter = filter .. string.rep("\0", bits / 8 - #filter) end
  while bits < wantedBits do
    bits = bits * 2
    filter = filter and (filter .. filter)
  end
  if filter then redis.call("SET", holdersKey, filter) end
  return bits
end

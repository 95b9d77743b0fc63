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

-- configure: gives a sale's gate a newer revision of its settings. Safe to send twice. An older revision changes nothing,
-- and one revision never stands for two different settings.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate holders
-- ARGV:
--   revision   holderBits (filter size for the allocation)
--   when   "committed": the settings hold; a gate that is closed keeps them for when it opens
--          "first": the gate decides whether they may hold; a closed one cannot. Until they are committed, it forbids what
--             either they or its own settings forbid: they may come to nothing, and may come after what was committed since.
--             Nobody is told "sold out" or "ended" by it
--          "before_opening": likewise, and only while the sale has not begun by the gate's clock and present start
--   then the settings (see lib/settings.lua)
-- Replies:
--   configured | stale (the gate has a newer revision) | lost | recovering | begun
--   conflict     the gate has other settings under this revision, or ones that forbid less than those that are asked for
--   below_taken  taken (units sold, held or withheld: the allocation cannot go below them)
local gate = redis.call("HMGET", gateKey, "run_id", "recovering", "revision", "allocated", "available", "starts_at_ms",
  "holder_bits", "first_tier_ms")
if not gate[1] or gate[1] ~= runIdOfServer() then return { "lost" } end
local isClosed = gate[2] == "1"
if isClosed and when ~= "committed" then return { "recovering" } end
if gate[3] and tonumber(revision) < tonumber(gate[3]) then return { "stale" } end
if gate[3] == revision then
  local isSame = when == "committed" and hasSettings or isStricterAlready
  if isSame(gateKey, restFrom) then return { isClosed and "recovering" or "configured" } end
  return { "conflict" }
end
if isClosed then
  storeSettings(gateKey, revision, restFrom)
  return { "recovering" }
end
if when == "before_opening" then
  local firstTierMs = tonumber(gate[8] or 0)
  local opensMs = firstTierMs > 0 and math.min(firstTierMs, tonumber(gate[6])) or tonumber(gate[6])
  if clockMs() >= opensMs then return { "begun" } end
end

local added = tonumber(given("allocated", restFrom)) - tonumber(gate[4])
if tonumber(gate[5]) + added < 0 then return { "below_taken", tonumber(gate[4]) - tonumber(gate[5]) } end
if when ~= "committed" then
  addAvailable(gateKey, math.min(0, added))
  storeStricter(gateKey, revision, restFrom)
  return { "configured" }
end
addAvailable(gateKey, added)
storeSettings(gateKey, revision, restFrom)

-- The filter grows with the allocation, and never shrinks.
redis.call("HSET", gateKey, "holder_bits", growHolders(holdersKey, tonumber(gate[7]), tonumber(holderBits)))
return { "configured" }

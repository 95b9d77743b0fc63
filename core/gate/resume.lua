-- resume: gives a rebuilt gate its counters and settings, checks them, and opens its new epoch. Settings that are newer
-- than those given stay: a change may have come while the gate was closed.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate buyers holds holders
-- ARGV:
--   fence recoveryId epoch revision   holderBits (that it was filled with) wantedBits (for the allocation of these settings,
--   which may be another one than when it was filled)   sold held withheld (units counted)   places (last given)
--   buyers holds (counted)
--   then the settings (see lib/settings.lua)
-- Replies: resumed | fenced | lost | mismatch buyersFound holdsFound available (the gate stays closed)
local gate = redis.call("HMGET", gateKey, "run_id", "fence", "recovering", "recovery_id", "revision")
if gate[1] ~= runIdOfServer() or gate[3] ~= "1" or gate[4] ~= recoveryId then return { "lost" } end
if tonumber(gate[2]) > tonumber(fence) then return { "fenced" } end

if not gate[5] or tonumber(gate[5]) <= tonumber(revision) then storeSettings(gateKey, revision, restFrom) end
local found = redis.call("HLEN", buyersKey)
local allocated = tonumber(redis.call("HGET", gateKey, "allocated"))
local holdsFound = redis.call("ZCARD", holdsKey)
local available = allocated - tonumber(sold) - tonumber(held) - tonumber(withheld)
if found ~= tonumber(buyers) or holdsFound ~= tonumber(holds) or available < 0 then
  return { "mismatch", found, holdsFound, available }
end
redis.call("HSET", gateKey, "epoch", epoch, "available", available, "held", held, "hold_count", holdsFound,
  "sold", sold, "withheld", withheld,
  "places", places, "restock_at_ms", 0, "attempts_turn", 0,
  "holder_bits", growHolders(holdersKey, tonumber(holderBits), tonumber(wantedBits)), "buyer_count", found,
  "recovering", 0)
-- The recovery's id stays, so that nothing of it that comes late closes the gate again.
redis.call("HDEL", gateKey, "requested", "was_alive", "is_same_life")
return { "resumed" }

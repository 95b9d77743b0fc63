-- pulse: a short text that changes whenever something happens at a gate that somebody must look after. Changes nothing.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate outbox buyers holders
-- ARGV: none
-- Replies (one text, for a thousand are read at once):
--   lost
--   nowMs outboxLength fingerprint   split by blanks; the fingerprint has life, settings' revision, counters, and the sizes
--                                    of buyers and filter. Refused attempts do not change it
local gate = redis.call("HMGET", gateKey, "run_id", "epoch", "revision", "recovering", "available", "held", "sold",
  "withheld", "places", "buyer_count", "requested")
if not gate[1] or gate[1] ~= runIdOfServer() then return "lost" end
for i = 1, #gate do gate[i] = gate[i] or "" end
gate[#gate] = redis.sha1hex(gate[#gate])
local outbox = redis.call("HLEN", outboxKey)
return string.format("%.0f", clockMs()) .. " " .. outbox .. " " .. table.concat(gate, ",") .. "," .. outbox .. ","
  .. redis.call("HLEN", buyersKey) .. "," .. redis.call("EXISTS", holdersKey)

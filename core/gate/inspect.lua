-- inspect: reads a gate's life, settings and counters at one instant. Changes nothing.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate outbox buyers holders
-- ARGV: none
-- Replies:
--   lost
--   found   then names and values: all fields of the gate's hash, and now_ms, outbox_length, buyers (as the hash holds
--           them), has_filter (0|1)
local gate = redis.call("HGETALL", gateKey)
local runId
for i = 1, #gate, 2 do
  if gate[i] == "run_id" then runId = gate[i + 1] end
end
if not runId or runId ~= runIdOfServer() then return { "lost" } end
local reply = { "found", "now_ms", string.format("%.0f", clockMs()), "outbox_length", redis.call("HLEN", outboxKey),
  "buyers", redis.call("HLEN", buyersKey), "has_filter", redis.call("EXISTS", holdersKey) }
for i = 1, #gate do reply[#reply + 1] = gate[i] end
return reply

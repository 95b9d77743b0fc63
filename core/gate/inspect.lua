-- inspect: reads a gate's life, settings and counters at one instant. Changes nothing.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate outbox buyers holders holds
-- ARGV: none
-- Replies:
--   lost
--   found   then names and values: all fields of the gate's hash, and now_ms, outbox_length, buyers (as the hash holds
--           them), has_filter (0|1), holds (as the set holds them), first_due_ms (only if there is a hold)
local gate = redis.call("HGETALL", gateKey)
local runId
for i = 1, #gate, 2 do
  if gate[i] == "run_id" then runId = gate[i + 1] end
end
if not runId or runId ~= runIdOfServer() then return { "lost" } end
local reply = { "found", "now_ms", string.format("%.0f", clockMs()), "outbox_length", redis.call("HLEN", outboxKey),
  "buyers", redis.call("HLEN", buyersKey), "has_filter", redis.call("EXISTS", holdersKey),
  "holds", redis.call("ZCARD", holdsKey) }
local firstDue = redis.call("ZRANGE", holdsKey, 0, 0, "WITHSCORES")[2]
if firstDue then
  reply[#reply + 1] = "first_due_ms"
  reply[#reply + 1] = string.format("%.0f", tonumber(firstDue))
end
for i = 1, #gate do reply[#reply + 1] = gate[i] end
return reply

-- inspect: reads a gate's life, settings and counters at one instant. Changes nothing.
--
-- KEYS (one slot, {saleId.bucket}):
--   1 {..}:gate  2 {..}:outbox  3 {..}:buyers  4 {..}:holders
-- ARGV: none
-- Replies:
--   lost
--   found  epoch revision recovering(0|1) state allocated available held sold places startsAtMs endsAtMs nowMs
--          outboxLength buyerCount buyers (as recorded, and as the hash holds) requested (why, or "")
--          attempts since the gate was made, by reply: reserved sold_out already_bought over_limit rate_limited
--          hasFilter(0|1: whether the filter of holders is there)
local gate = redis.call("HMGET", KEYS[1], "run_id", "epoch", "revision", "recovering", "state", "allocated",
  "available", "held", "sold", "places", "starts_at_ms", "ends_at_ms")
local runId = string.match(redis.call("INFO", "server"), "run_id:(%w+)")
if not gate[1] or gate[1] ~= runId then return { "lost" } end
local time = redis.call("TIME")
gate[1] = "found"
gate[13] = string.format("%.0f", time[1] * 1000 + math.floor(time[2] / 1000))
gate[14] = redis.call("HLEN", KEYS[2])
gate[15] = redis.call("HGET", KEYS[1], "buyer_count")
gate[16] = redis.call("HLEN", KEYS[3])
gate[17] = redis.call("HGET", KEYS[1], "requested") or ""
local attempts = redis.call("HMGET", KEYS[1], "attempts_reserved", "attempts_sold_out", "attempts_already_bought",
  "attempts_over_limit", "attempts_rate_limited")
for i = 1, 5 do gate[17 + i] = attempts[i] or 0 end
gate[23] = redis.call("EXISTS", KEYS[4])
return gate

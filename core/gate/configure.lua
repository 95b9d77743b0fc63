-- configure: gives a sale's gate a newer revision of its settings. Safe to send twice; an older revision changes nothing.
-- The same revision is applied again: a change that failed after this step is then replaced by the next one.
--
-- KEYS (one slot, {saleId.bucket}):
--   1 {..}:gate
-- ARGV:
--   1 revision   2 state (running|paused|ended)   3 allocated (units)   4 startsAtMs   5 endsAtMs (0: none)
--   6 purchaseLimit   7 attemptLimit
-- Replies:
--   configured | stale (the gate has a newer revision) | lost | recovering
--   below_taken  taken (units sold or held: the allocation cannot go below them)
--
-- Instances may answer "sold out" from memory for a second. Units added to a sold-out sale therefore go on sale only
-- after those answers have lapsed, so that nobody who gets one of them is told "sold out" when asking again.
local RESTOCK_DELAY_MS = 1500

local gate = redis.call("HMGET", KEYS[1], "run_id", "recovering", "revision", "allocated", "available", "held", "sold")
local runId = string.match(redis.call("INFO", "server"), "run_id:(%w+)")
if not gate[1] or gate[1] ~= runId then return { "lost" } end
if gate[2] == "1" then return { "recovering" } end
if tonumber(ARGV[1]) < tonumber(gate[3]) then return { "stale" } end

local added = tonumber(ARGV[3]) - tonumber(gate[4])
local available = tonumber(gate[5])
if available + added < 0 then return { "below_taken", tonumber(gate[6]) + tonumber(gate[7]) } end
if added > 0 and available == 0 then
  local time = redis.call("TIME")
  local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call("HSET", KEYS[1], "restock_at_ms", nowMs + RESTOCK_DELAY_MS)
end
redis.call("HINCRBY", KEYS[1], "available", added)
redis.call("HSET", KEYS[1], "revision", ARGV[1], "state", ARGV[2], "allocated", ARGV[3], "starts_at_ms", ARGV[4],
  "ends_at_ms", ARGV[5], "purchase_limit", ARGV[6], "attempt_limit", ARGV[7])
return { "configured" }

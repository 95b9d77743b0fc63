-- resume: gives a rebuilt gate its settings and counters, checks them, and opens its new epoch.
--
-- KEYS (one slot, {saleId.bucket}):
--   1 {..}:gate  2 {..}:buyers
-- ARGV:
--   1 fence   2 epoch   3 revision   4 state (running|paused|ended)   5 allocated (units)   6 startsAtMs
--   7 endsAtMs (0: none)   8 purchaseLimit   9 attemptLimit   10 holderBits   11 sold (units counted)
--   12 places (last given)   13 buyers counted
-- Replies: resumed | fenced | lost | mismatch buyersFound (the gate stays closed)
local gate = redis.call("HMGET", KEYS[1], "run_id", "fence", "recovering")
local runId = string.match(redis.call("INFO", "server"), "run_id:(%w+)")
if gate[1] ~= runId or gate[3] ~= "1" then return { "lost" } end
if tonumber(gate[2]) > tonumber(ARGV[1]) then return { "fenced" } end

local buyers = redis.call("HLEN", KEYS[2])
local available = tonumber(ARGV[5]) - tonumber(ARGV[11])
if buyers ~= tonumber(ARGV[13]) or available < 0 then return { "mismatch", buyers } end
redis.call("HSET", KEYS[1], "epoch", ARGV[2], "revision", ARGV[3], "state", ARGV[4],
  "allocated", ARGV[5], "available", available, "held", 0, "sold", ARGV[11], "places", ARGV[12],
  "starts_at_ms", ARGV[6], "ends_at_ms", ARGV[7], "restock_at_ms", 0, "purchase_limit", ARGV[8],
  "attempt_limit", ARGV[9], "attempts_window", 0, "holder_bits", ARGV[10], "buyer_count", buyers,
  "recovering", 0)
redis.call("HDEL", KEYS[1], "requested")
return { "resumed" }

-- load: makes the gate of a sale that was never loaded before. Safe to send twice; never touches a gate that is there.
-- The caller must have recorded, in the system of record, that this sale is loaded from now on: once it is, a missing
-- gate is lost and only a recovery may make it anew.
--
-- KEYS (one slot, {saleId.bucket}):
--   1 {..}:gate  2 {..}:buyers  3 {..}:outbox  4 {..}:holders  5 {..}:attempts
-- ARGV:
--   1 epoch   2 revision   3 state (running|paused|ended)   4 allocated (units)   5 startsAtMs   6 endsAtMs (0: none)
--   7 purchaseLimit (units per buyer)   8 attemptLimit (attempts per buyer and window)   9 holderBits (filter size)
-- Replies: loaded | present | lost (keys of another Redis life are there)
local runId = string.match(redis.call("INFO", "server"), "run_id:(%w+)")
local life = redis.call("HGET", KEYS[1], "run_id")
if life == runId then return { "present" } end
if life then return { "lost" } end
redis.call("UNLINK", KEYS[2], KEYS[3], KEYS[4], KEYS[5])
redis.call("HSET", KEYS[1], "run_id", runId, "epoch", ARGV[1], "recovering", 0, "revision", ARGV[2], "state", ARGV[3],
  "allocated", ARGV[4], "available", ARGV[4], "held", 0, "sold", 0, "places", 0,
  "starts_at_ms", ARGV[5], "ends_at_ms", ARGV[6], "restock_at_ms", 0,
  "purchase_limit", ARGV[7], "attempt_limit", ARGV[8], "attempts_window", 0, "holder_bits", ARGV[9],
  "buyer_count", 0, "fence", 0)
return { "loaded" }

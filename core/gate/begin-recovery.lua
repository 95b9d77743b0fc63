-- begin-recovery: closes a gate, whatever is left of it, until its rebuild is done. Safe to send twice.
--
-- KEYS (one slot, {saleId.bucket}):
--   1 {..}:gate
-- ARGV:
--   1 fence (token of the guardian's lease: only ever grows)
-- Replies: begun | fenced (a later guardian has been here)
local fence = redis.call("HGET", KEYS[1], "fence")
if fence and tonumber(fence) > tonumber(ARGV[1]) then return { "fenced" } end
local runId = string.match(redis.call("INFO", "server"), "run_id:(%w+)")
redis.call("HSET", KEYS[1], "run_id", runId, "fence", ARGV[1], "recovering", 1)
return { "begun" }

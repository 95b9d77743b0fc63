-- rebuild: puts one part of the counted reservations into a gate that is closed for recovery.
--
-- KEYS (one slot, {saleId.bucket}):
--   1 {..}:gate  2 {..}:buyers  3 {..}:outbox  4 {..}:holders  5 {..}:attempts
-- ARGV:
--   1 fence   2 "1" for the first part: what is left of the old keys goes   3 holderBits (filter size)
--   4 number of buyers b, then b pairs: buyer id, orders "orderId,quantity,place,keyHash" joined by ";"
--   then pairs: order id, reservation as JSON, for those that are still to be published
-- Replies: added | fenced | lost (this Redis is another one than when the recovery began)
local gate = redis.call("HMGET", KEYS[1], "run_id", "fence", "recovering")
local runId = string.match(redis.call("INFO", "server"), "run_id:(%w+)")
if gate[1] ~= runId or gate[3] ~= "1" then return { "lost" } end
if tonumber(gate[2]) > tonumber(ARGV[1]) then return { "fenced" } end

if ARGV[2] == "1" then redis.call("UNLINK", KEYS[2], KEYS[3], KEYS[4], KEYS[5]) end
local bits, outboxFrom = tonumber(ARGV[3]), 5 + 2 * tonumber(ARGV[4])
for i = 5, outboxFrom - 1, 2 do
  redis.call("HSET", KEYS[2], ARGV[i], ARGV[i + 1])
  local digest = redis.sha1hex(ARGV[i])
  for probe = 0, 3 do
    redis.call("SETBIT", KEYS[4], tonumber(string.sub(digest, probe * 8 + 1, probe * 8 + 8), 16) % bits, 1)
  end
end
for i = outboxFrom, #ARGV, 2 do redis.call("HSET", KEYS[3], ARGV[i], ARGV[i + 1]) end
return { "added" }

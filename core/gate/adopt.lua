-- adopt: counts a reservation of an older epoch, which no rebuild has counted, if a unit is left. Safe to send twice.
--
-- KEYS (one slot, {saleId.bucket}):
--   1 {..}:gate  2 {..}:buyers  3 {..}:holders
-- ARGV:
--   1 buyer id   2 key hash   3 quantity (units)   4 order id   5 place   6 n (number of its first unit for the buyer)
-- Replies:
--   lost | recovering
--   counted   the gate knows this order
--   adopted   it has taken its units now
--   refused   no units are left, or the buyer has others in their stead
local gate = redis.call("HMGET", KEYS[1], "run_id", "recovering", "available", "purchase_limit", "holder_bits",
  "buyer_count")
local runId = string.match(redis.call("INFO", "server"), "run_id:(%w+)")
if not gate[1] or gate[1] ~= runId then return { "lost" } end
if gate[2] == "1" then return { "recovering" } end
-- Without all its buyers, or with another filter of holders, the gate would refuse what it has counted, or forget holders.
if redis.call("HLEN", KEYS[2]) ~= tonumber(gate[6]) then return { "lost" } end
if gate[6] ~= "0" and redis.call("EXISTS", KEYS[3]) == 0 then return { "lost" } end

local buyer, keyHash, quantity, orderId, place = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]
local units = 0
local orders = redis.call("HGET", KEYS[2], buyer)
if orders then
  for known, ordered in string.gmatch(orders, "([^,;]+),(%d+),%d+,[^,;]+") do
    if known == orderId then return { "counted" } end
    units = units + tonumber(ordered)
  end
end
if tonumber(ARGV[6]) ~= units + 1 or units + quantity > tonumber(gate[4]) or tonumber(gate[3]) < quantity then
  return { "refused" }
end
redis.call("HINCRBY", KEYS[1], "available", -quantity)
redis.call("HINCRBY", KEYS[1], "sold", quantity)
local order = orderId .. "," .. quantity .. "," .. place .. "," .. keyHash
redis.call("HSET", KEYS[2], buyer, orders and (orders .. ";" .. order) or order)
if not orders then redis.call("HINCRBY", KEYS[1], "buyer_count", 1) end
local digest = redis.sha1hex(buyer)
for i = 0, 3 do
  redis.call("SETBIT", KEYS[3], tonumber(string.sub(digest, i * 8 + 1, i * 8 + 8), 16) % tonumber(gate[5]), 1)
end
return { "adopted" }

-- orders: a buyer's orders as the buyers hash holds them. The same form is in buyer-orders.ts.
--
-- "orderId,quantity,place,keyHash" joined by ";", and ",unitsLeft,unitsWithheld" behind it once units came back.
-- No order ever leaves: a replay finds the key of one that ended, and numbers are given once.
local ORDER = "([^,;]+),(%d+),(%d+),([^,;]+),?(%d*),?(%d*)"

-- The order as text; units that came back are named only if some did.
local function orderText(orderId, quantity, place, keyHash, unitsLeft, unitsWithheld)
  local text = orderId .. "," .. quantity .. "," .. place .. "," .. keyHash
  if tonumber(unitsLeft) == tonumber(quantity) then return text end
  return text .. "," .. unitsLeft .. "," .. unitsWithheld
end

-- Adds an order to those of its buyer (nil: the first), and counts the buyer.
local function addOrder(gateKey, buyersKey, buyerId, orders, order)
  redis.call("HSET", buyersKey, buyerId, orders and (orders .. ";" .. order) or order)
  if not orders then redis.call("HINCRBY", gateKey, "buyer_count", 1) end
end

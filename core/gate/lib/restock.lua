-- restock: when units that are added to a sold-out sale go on sale.
--
-- Instances may answer "sold out" from memory for a second. Units that come to a sale without any are therefore sold only
-- after those answers have lapsed, so that nobody who gets one of them is told "sold out" when asking again.
local RESTOCK_DELAY_MS = 1500

-- Adds units to those available.
local function addAvailable(gateKey, units)
  if tonumber(redis.call("HGET", gateKey, "available")) == 0 and units > 0 then
    redis.call("HSET", gateKey, "restock_at_ms", clockMs() + RESTOCK_DELAY_MS)
  end
  redis.call("HINCRBY", gateKey, "available", units)
end

-- attempts: how often a buyer may try, by the generic cell rate algorithm (GCRA).
--
-- No span of ten seconds lets more than `limit` attempts of a buyer through. So half of them and one may come at once, and
-- each other one a fixed pause after the last; if all might come at once, some ten seconds would see nearly twice as many.
-- A buyer's field has the instant at which their attempts are all free again, in milliseconds from the beginning of its
-- hash. Who has no field has all of them.
--
-- No key needs a time to live: two hashes take turns, and what the older one says is past when it is dropped as a whole.
-- A field is in one of them. Its name is 14 characters of the buyer id, 70 random bits: with their header they just fill an
-- allocation of 16 bytes.
local ATTEMPTS_SPAN_MS = 10000
-- The longest that attempts are used up for: two pauses of a span, with a limit of 2.
local ATTEMPTS_TURN_MS = 20000

local function turnAttempts(gateKey, attemptsKey, attemptsBeforeKey, lastTurn, turn)
  redis.call("UNLINK", attemptsBeforeKey)
  if lastTurn ~= turn - 1 then
    redis.call("UNLINK", attemptsKey)
  elseif redis.call("EXISTS", attemptsKey) == 1 then
    redis.call("RENAME", attemptsKey, attemptsBeforeKey)
  end
  redis.call("HSET", gateKey, "attempts_turn", turn)
end

-- Counts an attempt and answers 0; or answers in how many milliseconds the next one is free, and counts nothing.
local function waitForAttempt(gateKey, attemptsKey, attemptsBeforeKey, lastTurn, buyerId, limit, nowMs)
  local turn = math.floor(nowMs / ATTEMPTS_TURN_MS)
  if lastTurn ~= turn then turnAttempts(gateKey, attemptsKey, attemptsBeforeKey, lastTurn, turn) end
  local turnMs = turn * ATTEMPTS_TURN_MS
  local atOnce = math.ceil((limit + 1) / 2)
  local pauseMs = math.ceil(ATTEMPTS_SPAN_MS / (limit + 1 - atOnce))
  local field = string.sub(buyerId, -14)
  local present = redis.call("HGET", attemptsKey, field)
  local before = not present and redis.call("HGET", attemptsBeforeKey, field)
  local freeMs = nowMs
  if present then freeMs = math.max(nowMs, turnMs + present) end
  if before then freeMs = math.max(nowMs, turnMs - ATTEMPTS_TURN_MS + before) end
  local waitMs = freeMs - (atOnce - 1) * pauseMs - nowMs
  if waitMs > 0 then return waitMs end
  redis.call("HSET", attemptsKey, field, freeMs + pauseMs - turnMs)
  if before then redis.call("HDEL", attemptsBeforeKey, field) end
  return 0
end

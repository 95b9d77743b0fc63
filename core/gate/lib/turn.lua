-- turn: whether it is an entry's turn, by the steps that the guardian has told the gate.
--
-- The steps hash, by a step's number n:
--   n         "after,upTo,quantityAtMost,people,holdsFromMs,lapsesAtMs" (0: it has not lapsed); gone once it has
--   from:n    served milliseconds of the sale when the gate first saw that the step held
--   ends:n    the instant from which it may have lapsed by a line that the gate has not been told of; gone likewise
--   bought:n  entries that have bought in it      units:n  units that they bought
-- Ranks are compared as text: digits, small letters and dots of one length, so that no language's order matters.
local STEP = "([^,]*),([^,]+),(%d+),(%d+),(%d+),(%d+)"

-- no_ticket | untold | not_reached | lapsed | now
local function turnAt(stepsKey, step, lapsedSteps, rank, quantity, nowMs)
  if step == "" then return "no_ticket" end
  local told = redis.call("HMGET", stepsKey, step, "ends:" .. step)
  local row, endsMs = told[1], told[2]
  if not row then return tonumber(step) <= lapsedSteps and "lapsed" or "untold" end
  local after, upTo, quantityAtMost, _, holdsFromMs, lapsesAtMs = string.match(row, STEP)
  if not (after < rank and rank <= upTo and quantity <= tonumber(quantityAtMost)) then return "not_reached" end
  if nowMs < tonumber(holdsFromMs) then return "not_reached" end
  if tonumber(lapsesAtMs) > 0 and nowMs >= tonumber(lapsesAtMs) then return "lapsed" end
  if tonumber(lapsesAtMs) == 0 and endsMs and nowMs >= tonumber(endsMs) then return "untold" end
  return "now"
end

-- Counts units that an entry buys in its turn; turnField is its list and buyer id.
local function countInTurn(stepsKey, turnsKey, step, turnField, units)
  if redis.call("HINCRBY", turnsKey, turnField, units) == units then
    redis.call("HINCRBY", stepsKey, "bought:" .. step, 1)
  end
  redis.call("HINCRBY", stepsKey, "units:" .. step, units)
end

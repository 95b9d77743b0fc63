-- tend-line: tells the gate of steps that are in the line's log, and hears how far their turns have come. Absolute, and safe
-- to send twice, and late. Steps are told before they hold, so that the gate never lets anybody in by a step that is not durable.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate steps turns
-- ARGV:
--   fence (token of the guardian's lease: only ever grows)
--   epoch   isWhole ("1": with this call the gate has all that entries have bought in earlier epochs)
--   steps (the last that it has with this call)   lapsedSteps
--   lapsesAfterMs (served milliseconds after which a step may be lapsed by whoever hears it here)
--   lapsesFromMs (the earliest instant from which such a lapse holds)
--   rows (how many)
--   then that many pairs: number of a step, its row (see lib/turn.lua)
--   then triples: what entries have bought, as "turns" | "steps", field, count
-- Replies:
--   lost | recovering | fenced | stale (the gate is of another epoch)
--   tended   nowMs   available   then for each step that has not lapsed: number servedMs bought units
local MOST_SERVED_MS = 2000
local STEP = "([^,]*),([^,]+),(%d+),(%d+),(%d+),(%d+)"

local gate = redis.call("HMGET", gateKey, "run_id", "recovering", "epoch", "fence", "line_fence", "state",
  "starts_at_ms", "line_seen_ms", "line_served_ms", "line_steps", "line_lapsed", "line_epoch", "available")
if not gate[1] or gate[1] ~= runIdOfServer() then return { "lost" } end
if gate[2] == "1" then return { "recovering" } end
if gate[3] ~= epoch then return { "stale" } end
if tonumber(gate[4] or 0) > tonumber(fence) or tonumber(gate[5] or 0) > tonumber(fence) then return { "fenced" } end
redis.call("HSET", gateKey, "line_fence", fence)

local countsFrom = restFrom + 2 * tonumber(rows)
if gate[12] ~= epoch then
  for i = countsFrom, #ARGV, 3 do
    redis.call("HSET", ARGV[i] == "turns" and turnsKey or stepsKey, ARGV[i + 1], ARGV[i + 2])
  end
  if isWhole ~= "1" then return { "tended", string.format("%.0f", clockMs()), gate[13] } end
  redis.call("HSET", gateKey, "line_epoch", epoch)
end
-- What has lapsed stays so: a call that comes late, with a row as it was before, gives nobody their turn back.
for i = restFrom, countsFrom - 1, 2 do
  local number, row = tonumber(ARGV[i]), ARGV[i + 1]
  local before = redis.call("HGET", stepsKey, number)
  local wasLapsing = before and string.match(before, "(%d+)$") ~= "0"
  local isOld = number <= tonumber(gate[11] or 0) or (wasLapsing and string.match(row, "(%d+)$") == "0")
  if not isOld then redis.call("HSET", stepsKey, number, row) end
end
local last = math.max(tonumber(gate[10] or 0), tonumber(steps))
local lapsed = math.max(tonumber(gate[11] or 0), tonumber(lapsedSteps))

-- Time in which nothing is sold lapses nobody's turn; nor does time in which no guardian looked.
local nowMs, served = clockMs(), tonumber(gate[9] or 0)
if gate[6] == "running" and nowMs >= tonumber(gate[7]) and gate[8] then
  served = served + math.max(0, math.min(nowMs - tonumber(gate[8]), MOST_SERVED_MS))
end

-- Units that nobody has, of the same instant as what was bought: one bought in between would be promised twice.
local reply, inside = { "tended", string.format("%.0f", nowMs), gate[13] }, 0
for number = tonumber(gate[11] or 0) + 1, last do
  local row = redis.call("HGET", stepsKey, number)
  if row then
    local _, _, _, people, holdsFromMs, lapsesAtMs = string.match(row, STEP)
    if number <= lapsed and tonumber(lapsesAtMs) > 0 and nowMs >= tonumber(lapsesAtMs) then
      redis.call("HDEL", stepsKey, number, "from:" .. number, "ends:" .. number)
    else
      local from = redis.call("HGET", stepsKey, "from:" .. number)
      if not from and nowMs >= tonumber(holdsFromMs) then
        from = served
        redis.call("HSET", stepsKey, "from:" .. number, string.format("%.0f", served))
      end
      local bought = tonumber(redis.call("HGET", stepsKey, "bought:" .. number) or 0)
      local units = tonumber(redis.call("HGET", stepsKey, "units:" .. number) or 0)
      local servedMs = from and served - tonumber(from) or 0
      -- Whoever hears this may lapse the step, by a line that comes to the log, and here, however late.
      if from and servedMs >= tonumber(lapsesAfterMs) then
        local ends = tonumber(redis.call("HGET", stepsKey, "ends:" .. number) or lapsesFromMs)
        redis.call("HSET", stepsKey, "ends:" .. number, string.format("%.0f", math.min(ends, tonumber(lapsesFromMs))))
      end
      inside = inside + tonumber(people) - bought
      reply[#reply + 1] = number
      reply[#reply + 1] = string.format("%.0f", servedMs)
      reply[#reply + 1] = bought
      reply[#reply + 1] = units
    end
  end
end
-- A step that has lapsed keeps its row until the instant from which that holds.
local firstKept = tonumber(gate[11] or 0)
while firstKept < lapsed and not redis.call("HGET", stepsKey, firstKept + 1) do firstKept = firstKept + 1 end
redis.call("HSET", gateKey, "line_steps", last, "line_lapsed", firstKept, "line_inside", inside,
  "line_seen_ms", string.format("%.0f", nowMs), "line_served_ms", string.format("%.0f", served))
return reply

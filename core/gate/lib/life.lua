-- life: whether keys belong to the Redis that runs, and its clock. Joined to the scripts by reserve-script.ts and keeper-scripts.ts.

-- A server has another id after each start, and a promoted replica has its own.
local function runIdOfServer() return string.match(redis.call("INFO", "server"), "run_id:(%w+)") end

-- The gate's clock, in milliseconds.
local function clockMs()
  local time = redis.call("TIME")
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

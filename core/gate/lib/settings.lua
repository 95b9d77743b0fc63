-- settings: what operators decide of a sale, as name and value behind the named arguments; settings.ts lists the names.

-- Whether the gate has just these settings.
local function hasSettings(gateKey, from)
  for i = from, #ARGV, 2 do
    if redis.call("HGET", gateKey, ARGV[i]) ~= ARGV[i + 1] then return false end
  end
  return true
end

-- One of the settings that were given.
local function given(name, from)
  for i = from, #ARGV, 2 do
    if ARGV[i] == name then return ARGV[i + 1] end
  end
end

local function storeSettings(gateKey, revision, from)
  redis.call("HSET", gateKey, "revision", revision)
  for i = from, #ARGV, 2 do redis.call("HSET", gateKey, ARGV[i], ARGV[i + 1]) end
end

local STATES = { running = 1, paused = 2, ended = 3 }

-- The setting that forbids more, of what the gate has and what is asked for; no end (0) forbids least.
local function stricterOf(name, present, asked)
  if name == "state" then return STATES[asked] > STATES[present] and asked or present end
  if name == "mode" then return asked == "open" and present or asked end
  local a, b = tonumber(present), tonumber(asked)
  if name == "starts_at_ms" then return a > b and present or asked end
  if name == "ends_at_ms" and a == 0 then return asked end
  if name == "ends_at_ms" and b == 0 then return present end
  return a < b and present or asked
end

-- Whether the gate forbids all that these settings would.
local function isStricterAlready(gateKey, from)
  for i = from, #ARGV, 2 do
    local present = redis.call("HGET", gateKey, ARGV[i])
    if stricterOf(ARGV[i], present, ARGV[i + 1]) ~= present then return false end
  end
  return true
end

local function storeStricter(gateKey, revision, from)
  for i = from, #ARGV, 2 do
    redis.call("HSET", gateKey, ARGV[i], stricterOf(ARGV[i], redis.call("HGET", gateKey, ARGV[i]), ARGV[i + 1]))
  end
  redis.call("HSET", gateKey, "revision", revision)
end

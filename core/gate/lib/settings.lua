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

-- Settings that are committed.
local function storeSettings(gateKey, revision, from)
  redis.call("HSET", gateKey, "revision", revision)
  redis.call("HDEL", gateKey, "uncommitted")
  for i = from, #ARGV, 2 do redis.call("HSET", gateKey, ARGV[i], ARGV[i + 1]) end
end

local STATES = { running = 1, paused = 2, ended = 3 }

-- Settings in which 0 stands for none, which forbids least.
local NONE_IS_ZERO = { ends_at_ms = true, hold_seconds = true }

-- Settings of which more forbids more.
local MORE_IS_STRICTER = { starts_at_ms = true, invitation_needed = true, invitation_edition = true }

-- The setting that forbids more, of what the gate has and what is asked for.
local function stricterOf(name, present, asked)
  if name == "state" then return STATES[asked] > STATES[present] and asked or present end
  if name == "mode" then return asked == "open" and present or asked end
  -- A gate from before there were holds and lists has no such settings.
  if name == "hold_seconds" or name == "invitation_needed" or name == "invitation_edition" or name == "first_tier_ms" then
    present = present or "0"
  end
  local a, b = tonumber(present), tonumber(asked)
  if MORE_IS_STRICTER[name] then return a > b and present or asked end
  -- Without a tier nobody comes before the opening.
  if name == "first_tier_ms" then return (a == 0 or (b > 0 and a > b)) and present or asked end
  if NONE_IS_ZERO[name] and a == 0 then return asked end
  if NONE_IS_ZERO[name] and b == 0 then return present end
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

-- Settings that may come to nothing: until others are committed, nobody is told for good what they forbid.
local function storeStricter(gateKey, revision, from)
  for i = from, #ARGV, 2 do
    redis.call("HSET", gateKey, ARGV[i], stricterOf(ARGV[i], redis.call("HGET", gateKey, ARGV[i]), ARGV[i + 1]))
  end
  redis.call("HSET", gateKey, "revision", revision, "uncommitted", 1)
end

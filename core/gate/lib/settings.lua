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

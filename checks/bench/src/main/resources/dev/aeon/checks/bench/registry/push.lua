-- Posts the lines of a file, one after the other; the file is named by the script's argument.
local bodies
local first
local firstIsSent = false

function init(arguments)
  bodies = io.lines(arguments[1])
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

local function nextBody()
  return assert(bodies(), "more pushes than bodies")
end

-- wrk looks at one request before it sends any; the first is the one that it looked at.
function request()
  local body
  if not first then
    first = nextBody()
    body = first
  elseif not firstIsSent then
    firstIsSent = true
    body = first
  else
    body = nextBody()
  end
  return wrk.format(nil, nil, nil, body)
end

export type Match<T> = {
  readonly target: T;
  readonly routeKey: string;
  /** Percent-decoded; absent if the route has no parameters, as in API Gateway's event. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
};

type Pattern<T> = { readonly segments: readonly string[]; readonly routeKey: string; readonly target: T };

/** Makes a matcher for route keys such as `GET /api/sale/status/{saleId}`. A fixed path wins over one with parameters. */
export function matchRoute<T>(
  routes: ReadonlyMap<string, T>,
): (method: string, path: string) => Match<T> | undefined {
  const fixed = new Map<string, Match<T>>();
  const patterns = new Map<string, Pattern<T>[]>();
  for (const [routeKey, target] of routes) {
    if (!routeKey.includes("{")) {
      fixed.set(routeKey, { target, routeKey, pathParameters: undefined });
      continue;
    }
    const segments = routeKey.split("/");
    const bucket = `${segments[0]}${segments.length}`;
    patterns.set(bucket, [...(patterns.get(bucket) ?? []), { segments, routeKey, target }]);
  }
  return (method, path) => {
    const requestKey = `${method} ${path}`;
    const exact = fixed.get(requestKey);
    if (exact) return exact;
    const segments = requestKey.split("/");
    for (const pattern of patterns.get(`${segments[0]}${segments.length}`) ?? []) {
      const pathParameters = parametersOf(pattern.segments, segments);
      if (pathParameters) return { target: pattern.target, routeKey: pattern.routeKey, pathParameters };
    }
    return undefined;
  };
}

function parametersOf(pattern: readonly string[], segments: readonly string[]) {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (!part.startsWith("{")) {
      if (part !== segment) return undefined;
    } else {
      const value = decode(segment);
      if (!value) return undefined;
      parameters[part.slice(1, -1)] = value;
    }
  }
  return parameters;
}

function decode(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.ErrorBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The OpenAPI 3.1 document of the endpoints, made from the same list that routes requests. */
final class OpenApi {
  private final List<Endpoint> endpoints;
  private final JsonSchemas schemas = new JsonSchemas();

  OpenApi(List<Endpoint> endpoints) {
    this.endpoints = endpoints;
  }

  byte[] document() {
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      paths
          .computeIfAbsent(endpoint.path().toString(), _ -> new LinkedHashMap<>())
          .put(endpoint.method().text().toLowerCase(Locale.ROOT), operation(endpoint));
    }
    Map<String, Object> error = schemas.of(ErrorBody.class);
    Map<String, Object> problem =
        Map.of(
            "description",
            "What went wrong (RFC 9457)",
            "content",
            Map.of(ErrorBody.MEDIA_TYPE, Map.of("schema", error)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", "Spoke", "version", "0.1.0"));
    document.put("paths", paths);
    document.put(
        "components",
        Map.of(
            "schemas",
            schemas.named(),
            "responses",
            Map.of("Problem", problem),
            "securitySchemes",
            Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
    return ApiJson.write(document);
  }

  private Map<String, Object> operation(Endpoint endpoint) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", endpoint.summary());
    operation.put("parameters", parameters(endpoint));
    if (endpoint.requestType() != Void.class) {
      operation.put("requestBody", content(endpoint.requestType()));
    }
    Map<String, Object> success = new LinkedHashMap<>(content(endpoint.answerType()));
    success.put("description", "Done");
    operation.put(
        "responses",
        Map.of("2XX", success, "default", Map.of("$ref", "#/components/responses/Problem")));
    if (endpoint.role() != Role.NONE) {
      operation.put("security", List.of(Map.of(), Map.of("token", List.of())));
      operation.put("x-role", endpoint.role().name().toLowerCase(Locale.ROOT));
    }
    return operation;
  }

  private Map<String, Object> content(Class<?> type) {
    if (type == Void.class) {
      return Map.of();
    }
    return type == byte[].class
        ? Map.of("content", Map.of("*/*", Map.of()))
        : Map.of("content", Map.of("application/json", Map.of("schema", schemas.of(type))));
  }

  private static List<Object> parameters(Endpoint endpoint) {
    List<Object> parameters = new ArrayList<>();
    endpoint.path().names().forEach(name -> parameters.add(parameter(name, "path", true)));
    endpoint.queries().forEach(name -> parameters.add(parameter(name, "query", false)));
    return parameters;
  }

  private static Map<String, Object> parameter(String name, String place, boolean required) {
    return Map.of(
        "name", name, "in", place, "required", required, "schema", Map.of("type", "string"));
  }
}

package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.SubjectSchema;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import io.helidon.http.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What clients of Confluent's registry ask for, for Protobuf. */
final class SubjectEndpoints {
  private static final String PROTOBUF = "PROTOBUF";
  private static final String VERSIONS = "/subjects/{name}/versions";

  private final Subjects subjects;

  SubjectEndpoints(Subjects subjects) {
    this.subjects = subjects;
  }

  List<Endpoint> all() {
    return List.of(
        get("/subjects", "Confluent: all subjects", this::names),
        get(VERSIONS, "Confluent: a subject's versions", this::versions),
        get(VERSIONS + "/{version}", "Confluent: a schema", this::version),
        get(VERSIONS + "/{version}/schema", "Confluent: a schema's text", this::text),
        post(VERSIONS, Role.PUSH, "Confluent: register a schema", this::register),
        post("/subjects/{name}", Role.READ, "Confluent: find a schema by its text", this::lookUp),
        get("/schemas/ids/{id}", "Confluent: a schema by its id", this::byId),
        get("/schemas/ids/{id}/versions", "Confluent: where a schema is used", this::uses),
        get("/schemas/types", "Confluent: kinds of schemas", _ -> json(List.of(PROTOBUF))),
        get("/mode", "Confluent: what is allowed", _ -> json(Map.of("mode", "READWRITE"))));
  }

  private static Endpoint get(String path, String summary, Endpoint.Handler handler) {
    return Endpoint.of(
        Method.GET,
        path,
        Role.READ,
        summary,
        Void.class,
        SubjectSchema.class,
        SubjectErrors.telling(handler));
  }

  private static Endpoint post(String path, Role role, String summary, Endpoint.Handler handler) {
    return Endpoint.of(
        Method.POST,
        path,
        role,
        summary,
        SubjectSchema.class,
        SubjectSchema.class,
        SubjectErrors.telling(handler));
  }

  static Answer json(Object value) {
    return Answer.bytes(SubjectErrors.MEDIA_TYPE, ApiJson.write(value));
  }

  private Answer names(Call call) {
    return json(
        subjects.all().stream()
            .filter(subject -> call.caller().may(Role.READ, subject))
            .map(ModuleName::value)
            .toList());
  }

  private Answer versions(Call call) {
    int count = subjects.versions(call.module()).size();
    return count == 0
        ? SubjectErrors.notFound(SubjectErrors.NO_SUBJECT, "Subject not found.")
        : json(IntStream.rangeClosed(1, count).boxed().toList());
  }

  private Answer version(Call call) {
    return found(call).map(schema -> json(whole(schema))).orElseGet(() -> missing(call));
  }

  private Answer text(Call call) {
    return found(call).map(schema -> Answer.text(schema.text())).orElseGet(() -> missing(call));
  }

  private Optional<Subjects.Schema> found(Call call) {
    return subjects.find(call.module(), call.version());
  }

  private Answer missing(Call call) {
    return subjects.versions(call.module()).isEmpty()
        ? SubjectErrors.notFound(SubjectErrors.NO_SUBJECT, "Subject not found.")
        : SubjectErrors.notFound(SubjectErrors.NO_VERSION, "Version not found.");
  }

  private Answer register(Call call) {
    SubjectSchema wanted = call.json(SubjectSchema.class);
    Subjects.Schema schema = subjects.register(call.module(), textOf(wanted), references(wanted));
    return json(Map.of("id", schema.id()));
  }

  private Answer lookUp(Call call) {
    SubjectSchema wanted = call.json(SubjectSchema.class);
    if (subjects.versions(call.module()).isEmpty()) {
      return SubjectErrors.notFound(SubjectErrors.NO_SUBJECT, "Subject not found.");
    }
    return subjects
        .same(call.module(), textOf(wanted))
        .map(schema -> json(whole(schema)))
        .orElseGet(() -> SubjectErrors.notFound(SubjectErrors.NO_SCHEMA, "Schema not found"));
  }

  private Answer byId(Call call) {
    return ofId(call)
        .map(schema ->
            json(
                new SubjectSchema(null, null, null, PROTOBUF, referencesOf(schema), schema.text())))
        .orElseGet(() -> SubjectErrors.notFound(SubjectErrors.NO_SCHEMA, "Schema not found"));
  }

  private Answer uses(Call call) {
    return ofId(call)
        .map(schema ->
            json(
                List.of(
                    Map.of(
                        "subject", schema.version().module().value(), "version", schema.number()))))
        .orElseGet(() -> SubjectErrors.notFound(SubjectErrors.NO_SCHEMA, "Schema not found"));
  }

  private Optional<Subjects.Schema> ofId(Call call) {
    String id = call.parameter("id");
    Optional<Subjects.Schema> schema =
        id.matches("[1-9][0-9]{0,17}") ? subjects.byId(Long.parseLong(id)) : Optional.empty();
    schema.ifPresent(found -> call.caller().require(Role.READ, found.version().module()));
    return schema;
  }

  private SubjectSchema whole(Subjects.Schema schema) {
    return new SubjectSchema(
        schema.version().module().value(),
        schema.number(),
        schema.id(),
        PROTOBUF,
        referencesOf(schema),
        schema.text());
  }

  private List<SubjectSchema.Reference> referencesOf(Subjects.Schema schema) {
    return schema.version().dependencies().stream()
        .map(used ->
            new SubjectSchema.Reference(
                Subjects.fileOf(used.module()),
                used.module().value(),
                subjects.versions(used.module()).indexOf(used.version()) + 1))
        .toList();
  }

  static String textOf(SubjectSchema wanted) {
    if (wanted.schema() == null || !PROTOBUF.equals(wanted.schemaType())) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "a schema of schemaType PROTOBUF is needed");
    }
    return wanted.schema();
  }

  static List<Subjects.Reference> references(SubjectSchema wanted) {
    return wanted.references() == null
        ? List.of()
        : wanted.references().stream()
            .map(each ->
                new Subjects.Reference(each.name(), new ModuleName(each.subject()), each.version()))
            .toList();
  }
}

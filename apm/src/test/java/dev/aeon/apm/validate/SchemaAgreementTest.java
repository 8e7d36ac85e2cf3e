package dev.aeon.apm.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonSchemas;
import dev.aeon.apm.schema.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The validator on bytes and the schemas in the jar judge alike. */
class SchemaAgreementTest {
  private static final long SEED = 20251112;
  private static final int MESSAGES = 10_000;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Schema MESSAGE = load();

  private static Schema load() {
    Map<String, String> texts =
        JsonSchemas.names().stream()
            .collect(Collectors.toMap(JsonSchemas::id, JsonSchemas::read, (one, _) -> one));
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts));
    return registry.getSchema(SchemaLocation.of(JsonSchemas.id("message")));
  }

  @Test
  void validate_generatedMessages_agreesWithTheSchemas() {
    MessageGenerator generator = new MessageGenerator(new Random(SEED));
    int valid = 0;
    for (int index = 0; index < MESSAGES; index++) {
      ObjectNode message = generator.next();
      List<Violation> violations = violations(message);
      boolean expected = MESSAGE.validate(message).isEmpty();
      assertThat(violations.isEmpty())
          .as("seed=%d index=%d violations=%s message=%s", SEED, index, violations, message)
          .isEqualTo(expected);
      valid += expected ? 1 : 0;
    }
    assertThat(valid).isBetween(MESSAGES / 5, MESSAGES * 4 / 5);
  }

  private static List<Violation> violations(JsonNode message) {
    byte[] line = message.toString().getBytes(StandardCharsets.UTF_8);
    return Validator.validate(line) instanceof Verdict.Invalid invalid
        ? invalid.violations().stream().filter(each -> !isBeyondSchemas(each)).toList()
        : List.of();
  }

  /** Schemas cannot compare a hand-off's agents with the envelope's and with each other. */
  private static boolean isBeyondSchemas(Violation violation) {
    return violation.code() == ErrorCode.E_VALIDATION_009
        && List.of("payload.sourceAgent", "payload.targetAgent").contains(violation.path());
  }

  @Test
  void schemas_each_namesItselfAndItsDialect() {
    Function<String, JsonNode> schema = name -> MAPPER.readTree(JsonSchemas.read(name));
    for (String name : JsonSchemas.names()) {
      assertThat(schema.apply(name).get("$id").stringValue()).isEqualTo(JsonSchemas.id(name));
      assertThat(schema.apply(name).get("$schema").stringValue()).contains("2020-12");
    }
    assertThatThrownBy(() -> JsonSchemas.read("../secret"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

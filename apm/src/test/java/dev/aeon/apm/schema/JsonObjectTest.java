package dev.aeon.apm.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The index over JSON text takes exactly what Jackson takes, and reads the same out of it. */
class JsonObjectTest {
  private static final long SEED = 20251112;
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final List<String> DOCUMENTS =
      List.of(
          Samples.message("tâ€𝄞").toString(),
          "{}",
          " {\"a\" : [ ] , \"b\":{ } }\r",
          "{\"a\":[1,-0,0.5,1e3,-1.25E-7,true,false,null,\"\\u00e9\\ud834\\udd1e\\\\\\/\\b\"]}",
          "{\"\\u0061\":1,\"b\":[[[{\"c\":[{}]}]]],\"\":\"\"}");

  @Test
  void parse_randomDamage_isTakenOrRefusedAsByJackson() {
    Random random = new Random(SEED);
    int taken = 0;
    for (int round = 0; round < 40_000; round++) {
      byte[] bytes = DOCUMENTS.get(round % DOCUMENTS.size()).getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = damage(random);
      }
      boolean expected = isTakenByJackson(bytes);
      assertThat(isTaken(bytes))
          .as("seed=%d round=%d text=%s", SEED, round, new String(bytes, StandardCharsets.UTF_8))
          .isEqualTo(expected);
      taken += expected ? 1 : 0;
    }
    assertThat(taken).isBetween(1_000, 39_000);
  }

  private static byte damage(Random random) {
    String likely = "{}[]\",:\\u0123456789eE+-.tfn aDdC8\n";
    return random.nextInt(4) == 0
        ? (byte) random.nextInt(256)
        : (byte) likely.charAt(random.nextInt(likely.length()));
  }

  private static boolean isTaken(byte[] bytes) {
    try {
      JsonObject object = JsonObject.parse(bytes);
      assertThat(object.copyNode()).isEqualTo(JACKSON.readTree(bytes));
      return true;
    } catch (InvalidMessageException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.E_PROTOCOL_002);
      return false;
    }
  }

  /** Jackson alone takes half characters and some byte sequences that are no UTF-8. */
  private static boolean isTakenByJackson(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode node = JACKSON.readTree(text);
      return node.isObject() && isWholeCharacters(node);
    } catch (CharacterCodingException | JacksonException _) {
      return false;
    }
  }

  private static boolean isWholeCharacters(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.propertyStream().forEach(field -> texts.add(field.getKey()));
    if (node.isString()) {
      texts.add(node.stringValue());
    }
    return texts.stream().allMatch(StandardCharsets.UTF_8.newEncoder()::canEncode)
        && node.valueStream().allMatch(JsonObjectTest::isWholeCharacters);
  }

  @Test
  void find_escapedNamesAndValues_areReadResolved() {
    JsonObject object = parse("{\"n\\u0061me\":\"\\u0041\\n\\\"\\ud834\\udd1e\",\"é\":\"€\"}");
    assertThat(object.string("name")).isEqualTo("A\n\"𝄞");
    assertThat(object.string("é")).isEqualTo("€");
    assertThat(object.says("é", "€")).isTrue();
    assertThat(object.says("name", "A")).isFalse();
    assertThat(object.names()).containsExactly("name", "é");
  }

  @Test
  void parse_sameNameWrittenDifferently_isADuplicate() {
    assertThatThrownBy(() -> parse("{\"a\":1,\"\\u0061\":2}"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("duplicate field: name=a");
  }

  @Test
  void parse_duplicateAmongThousands_isFound() {
    StringBuilder text = new StringBuilder("{");
    for (int index = 0; index < 20_000; index++) {
      text.append("\"f").append(index).append("\":0,");
    }
    String fields = text.toString();
    assertThat(parse(fields + "\"last\":1}").integer("last")).isEqualTo(1);
    assertThatThrownBy(() -> parse(fields + "\"f19000\":1}")).hasMessageContaining("duplicate");
  }

  @Test
  void equals_otherOrderAndSpacing_isTheSame() {
    JsonObject object = parse("{\"a\":1,\"b\":{\"c\":[true]}}");
    JsonObject same = parse("{ \"b\" : {\"c\":[ true ]}, \"a\":1 }");
    assertThat(object).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(object).isNotEqualTo(parse("{\"a\":2,\"b\":{\"c\":[true]}}"));
  }

  @Test
  void toBuilder_changedField_keepsItsPlaceAndTheOthersBytes() {
    JsonObject object = parse("{\"a\" :1.0,\"b\":2,\"c\": 3e0}");
    assertThat(object.toBuilder().put("b", "x").put("d", true).build())
        .hasToString("{\"a\" :1.0,\"b\":\"x\",\"c\": 3e0,\"d\":true}");
    assertThat(object.without("a")).hasToString("{\"b\":2,\"c\": 3e0}");
  }

  private static JsonObject parse(String text) {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}

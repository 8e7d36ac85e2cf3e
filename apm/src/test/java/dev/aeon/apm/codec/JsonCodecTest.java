package dev.aeon.apm.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageBuilder;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One object per line, exactly, within the limits. */
class JsonCodecTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "\"text\"",
        "[]",
        "{",
        "}",
        "{\"a\":1}x",
        "{\"a\":1}{\"a\":1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":+1}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":1 /* why */}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"\\ud800\":1}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\t\"}",
        "\ufeff{\"a\":1}"
      })
  void decode_malformedText_isRefusedByName(String text) {
    assertMalformed(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void decode_invalidUtf8_saysWhere() {
    byte[] line = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '(', '"', '}'};
    assertMalformed(line);
    assertThatThrownBy(() -> JsonCodec.decode(line)).hasMessageContaining("byteOffset=6");
    assertMalformed(new byte[] {(byte) 0xC0, (byte) 0x80});
    assertMalformed(
        new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'});
  }

  @Test
  void decode_depth_isLimitedTo64() {
    assertThat(JsonCodec.decode(nested(JsonCodec.MAX_DEPTH))).isNotNull();
    assertMalformed(nested(JsonCodec.MAX_DEPTH + 1));
    assertMalformed(nested(150_000));
  }

  @Test
  void decode_size_isLimitedBeforeParsing() {
    byte[] largest = padded(JsonCodec.MAX_BYTE_SIZE);
    assertThat(JsonCodec.decode(largest)).isNotNull();
    byte[] garbage = new byte[JsonCodec.MAX_BYTE_SIZE + 1];
    assertThatThrownBy(() -> JsonCodec.decode(garbage))
        .isInstanceOfSatisfying(
            InvalidMessageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_VALIDATION_005));
  }

  @Test
  void decode_truncatedAtEveryByte_isRefusedByName() {
    byte[] line = Samples.routed(Samples.message("tâ")).line();
    for (int byteCount = 0; byteCount < line.length; byteCount++) {
      assertMalformed(Arrays.copyOf(line, byteCount));
    }
  }

  @Test
  void decode_randomDamage_isReadOrRefusedByName() {
    byte[] line = Samples.routed(Samples.message("t")).line();
    Random random = new Random(20251112);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = line.clone();
      damaged[random.nextInt(line.length)] = (byte) random.nextInt(256);
      damaged[random.nextInt(line.length)] = (byte) random.nextInt(256);
      try {
        JsonCodec.decode(damaged);
      } catch (InvalidMessageException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.E_PROTOCOL_002);
      }
    }
  }

  @Test
  void roundTrip_numbersOfAnySize_keepEveryDigit() {
    String text =
        "{\"a\":12345678901234567890123456789,\"b\":0.1000000000000000055511151231257827,"
            + "\"c\":1E+400,\"d\":1.50}";
    JsonObject object = JsonCodec.decode(text.getBytes(StandardCharsets.UTF_8)).fields();
    assertThat(new String(JsonCodec.encode(object), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void decode_hostileExponent_costsNothing() {
    String text = "{\"a\":1E+999999999,\"b\":1E-999999999}";
    JsonObject object = JsonCodec.decode(text.getBytes(StandardCharsets.UTF_8)).fields();
    assertThat(object.findLong("a")).isEmpty();
    assertThat(object.findLong("b")).isEmpty();
    assertThat(object.findDouble("a")).contains(Double.POSITIVE_INFINITY);
    assertMalformed("{\"a\":1E+9999999999}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void encode_message_isOneLineThatDecodesToTheSame() {
    Message message =
        Samples.message("t").toBuilder().correlationId("line\nbreak \"quoted\" 𝄞").build();
    byte[] line = JsonCodec.encode(message);
    assertThat(line).doesNotContain((byte) '\n');
    assertThat(Message.of(JsonCodec.decode(line).fields())).isEqualTo(message);
  }

  @Test
  void build_loneSurrogate_isRefused() {
    MessageBuilder builder = Samples.message("t").toBuilder();
    assertThatThrownBy(() -> builder.correlationId("\ud834"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("lone surrogate");
  }

  @Test
  void encode_tooDeep_isRefused() {
    JsonObject object = JsonObject.empty();
    for (int depth = 1; depth < JsonCodec.MAX_DEPTH; depth++) {
      object = JsonObject.builder().put("a", object).build();
    }
    assertThat(JsonCodec.encode(object)).isNotEmpty();
    JsonObject deeper = JsonObject.builder().put("a", object).build();
    assertThatThrownBy(() -> JsonCodec.encode(deeper))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("too deep");
  }

  @Test
  void encode_changedMessage_keepsEveryOtherFieldByteForByte() {
    String text =
        """
        { "version":"1.0.0","messageId":"msg_1","timestamp":"2025-11-12T10:00:00Z",\
        "sender":{"agentId":"a","type":"Manager"},"receiver":{"agentId":"b","type":"AdHoc"},\
        "messageType":"CUSTOM_X","priority":"LOW","payload":{"\\u0041" : 1.50e+02, "b":[ ]},\
        "new\\u0041" : {"deep" : [1e0,-0.0,"\\u00e9\\/"]}}\
        """;
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    Message message = Message.of(JsonCodec.decode(line).fields());
    assertThat(JsonCodec.encode(message)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    Message forwarded = message.toBuilder().receiver(Samples.WORKER).build();
    assertThat(new String(JsonCodec.encode(forwarded), StandardCharsets.UTF_8))
        .contains("\"payload\":{\"\\u0041\" : 1.50e+02, \"b\":[ ]}")
        .contains("\"new\\u0041\" : {\"deep\" : [1e0,-0.0,\"\\u00e9\\/\"]}")
        .contains("impl_001");
  }

  @Test
  void encode_lineBreakBetweenTokens_staysOneLine() {
    byte[] text = "{\n\"a\":\r\n1}".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonCodec.encode(JsonCodec.decode(text).fields()))
        .isEqualTo("{ \"a\":  1}".getBytes(StandardCharsets.UTF_8));
  }

  private static void assertMalformed(byte[] line) {
    assertThatThrownBy(() -> JsonCodec.decode(line))
        .isInstanceOfSatisfying(
            InvalidMessageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.E_PROTOCOL_002));
  }

  private static byte[] nested(int depth) {
    String text = "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] padded(int byteSize) {
    String text = "{\"a\":\"" + "x".repeat(byteSize - 8) + "\"}";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

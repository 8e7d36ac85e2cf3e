package dev.aeon.apm.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.Priority;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.track.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed is believed, and nothing else is. */
class SignaturesTest {
  private static final AgentId MANAGER = Samples.MANAGER.agentId();
  private static final AgentId WORKER = Samples.WORKER.agentId();

  private final VirtualClock clock = new VirtualClock(Samples.TIME);
  private final Keyring keyring = new Keyring();
  private final Signatures signatures = new Signatures(keyring, clock);

  @Test
  void verify_signed_isBelieved() {
    keyring.add(AgentKey.ofSecret("k1", MANAGER, secret(1)));
    Message signed = signatures.sign(message());
    assertThat(signatures.verify(signed)).isEmpty();
    assertThat(signatures.verify(reread(signed))).isEmpty();
  }

  @Test
  void verify_writtenDifferentlyOrSentAgain_isBelieved() {
    keyring.add(AgentKey.ofSecret("k1", MANAGER, secret(1)));
    Message signed = signatures.sign(message());
    String spaced = signed.toString().replace(",\"", " , \"").replace("\":", "\" : ");
    assertThat(signatures.verify(Message.of(parse(spaced)))).isEmpty();
    Metadata again = signed.envelope().metadata().toBuilder().retryCount(3).build();
    assertThat(signatures.verify(signed.toBuilder().metadata(again).build())).isEmpty();
  }

  @Test
  void verify_anyByteChanged_isNotBelieved() {
    keyring.add(AgentKey.ofSecret("k1", MANAGER, secret(1)));
    byte[] line = JsonCodec.encode(signatures.sign(message()));
    Random random = new Random(7);
    int judged = 0;
    for (int index = 0; index < line.length; index++) {
      byte[] changed = line.clone();
      changed[index] = (byte) ('0' + random.nextInt(10));
      if (changed[index] != line[index]) {
        judged += isRefused(changed) ? 1 : 0;
      }
    }
    assertThat(judged).isGreaterThan(line.length / 3);
  }

  @Test
  void verify_spareBitsOfTheValueSet_isNotBelieved() {
    keyring.add(AgentKey.ofSecret("k1", MANAGER, secret(1)));
    Message signed = signatures.sign(message());
    JsonObject signature = signed.envelope().metadata().fields().object("signature");
    String value = signature.string("value");
    // The last letter of 32 bytes has two spare bits, zero as written: the next one sets one.
    char next = (char) (value.charAt(42) + 1);
    String other = value.substring(0, 42) + next + "=";
    assertThat(Base64.getDecoder().decode(other)).isEqualTo(Base64.getDecoder().decode(value));
    Message changed = Message.of(parse(signed.toString().replace(value, other)));
    assertRefused(changed, ErrorCode.E_SECURITY_001);
  }

  /** Whether it is a message at all; one that is must be refused. */
  private boolean isRefused(byte[] line) {
    Message message;
    try {
      message = Message.of(JsonCodec.decode(line).fields());
    } catch (InvalidMessageException _) {
      return false;
    }
    assertThat(signatures.verify(message)).as(message.toString()).isPresent();
    return true;
  }

  @Test
  void verify_notSignedOrByAnothersKey_isNotBelieved() {
    keyring.add(AgentKey.ofSecret("k1", WORKER, secret(1)));
    assertRefused(message(), ErrorCode.E_SECURITY_001);
    Message stolen = signatures.sign(message().toBuilder().sender(Samples.WORKER).build());
    assertThat(signatures.verify(stolen)).isEmpty();
    assertRefused(stolen.toBuilder().sender(Samples.MANAGER).build(), ErrorCode.E_SECURITY_002);
    assertThatThrownBy(() -> signatures.sign(message()))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("E_SECURITY_002");
  }

  @Test
  void verify_keyTakenOutOrOutOfItsTime_isNotBelieved() {
    keyring.add(
        AgentKey.ofSecret("k1", MANAGER, secret(1))
            .validFor(Samples.TIME, Samples.TIME.plusSeconds(60)));
    Message signed = signatures.sign(message());
    clock.advance(Duration.ofMinutes(10));
    assertThat(signatures.verify(signed)).isEmpty();
    assertThatThrownBy(() -> signatures.sign(message())).hasMessageContaining("no key");
    keyring.remove("k1");
    assertRefused(signed, ErrorCode.E_SECURITY_002);
  }

  @Test
  void sign_keyIsChanged_usesTheNewOneAndBelievesBoth() {
    keyring.add(AgentKey.ofSecret("old", MANAGER, secret(1)));
    Message before = signatures.sign(message());
    keyring.add(
        AgentKey.ofSecret("new", MANAGER, secret(2))
            .validFor(Samples.TIME.minusSeconds(5), Samples.TIME.plusSeconds(3600)));
    Message after = signatures.sign(message());
    assertThat(after.toString()).contains("\"keyId\":\"new\"");
    assertThat(signatures.verify(before)).isEmpty();
    assertThat(signatures.verify(after)).isEmpty();
  }

  @Test
  void verify_recordingFromAnEarlierLife_isNotBelieved() {
    keyring.add(AgentKey.ofSecret("k1", MANAGER, secret(1)));
    Message first = signatures.sign(inLife(1));
    assertThat(signatures.verify(first)).isEmpty();
    assertThat(signatures.verify(signatures.sign(inLife(2)))).isEmpty();
    assertRefused(first, ErrorCode.E_SECURITY_003);
  }

  @Test
  void verify_sendersClockIsAhead_isNotBelieved() {
    keyring.add(AgentKey.ofSecret("k1", MANAGER, secret(1)));
    Message signed =
        signatures.sign(message().toBuilder().timestamp(Samples.TIME.plusSeconds(301)).build());
    assertRefused(signed, ErrorCode.E_SECURITY_004);
    clock.advance(Duration.ofSeconds(1));
    assertThat(signatures.verify(signed)).isEmpty();
  }

  @Test
  void verify_ed25519_isBelievedByThoseWithThePublicKeyAlone() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    keyring.add(AgentKey.ofPair("e", MANAGER, pair.getPublic(), Optional.of(pair.getPrivate())));
    Keyring publicKeys = new Keyring();
    publicKeys.add(AgentKey.ofPair("e", MANAGER, pair.getPublic(), Optional.empty()));
    Signatures verifier = new Signatures(publicKeys, clock);
    Message signed = signatures.sign(message());
    assertThat(verifier.verify(signed)).isEmpty();
    assertThat(verifier.verify(signed.toBuilder().priority(Priority.LOW).build())).isPresent();
    assertThatThrownBy(() -> verifier.sign(message())).hasMessageContaining("no key");
  }

  @Test
  void keyFiles_written_areReadBack(@TempDir Path directory) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path file = directory.resolve("keys.json");
    JsonObject hmac =
        JsonObject.builder()
            .put("keyId", "h")
            .put("agentId", "manager_001")
            .put("algorithm", "HMAC-SHA256")
            .put("secret", base64(secret(1)))
            .build();
    JsonObject ed25519 =
        JsonObject.builder()
            .put("keyId", "e")
            .put("agentId", "impl_001")
            .put("algorithm", "Ed25519")
            .put("publicKey", base64(pair.getPublic().getEncoded()))
            .put("privateKey", base64(pair.getPrivate().getEncoded()))
            .put("notAfter", "2030-01-01T00:00:00Z")
            .build();
    write(file, hmac, ed25519);
    Signatures read = new Signatures(KeyFiles.read(file), clock);
    assertThat(read.verify(read.sign(message()))).isEmpty();
    Message fromWorker = message().toBuilder().sender(Samples.WORKER).build();
    assertThat(read.verify(read.sign(fromWorker))).isEmpty();
  }

  @Test
  void keyFiles_openToOthersOrDamaged_areRefused(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("keys.json");
    write(file, JsonObject.builder().put("keyId", "h").build());
    assertThatThrownBy(() -> KeyFiles.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a keyring");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> KeyFiles.read(file)).hasMessageContaining("open to others");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"keys\":[", "{\"keys\":[]}x", "{\"keys\":[7]}"})
  void keyFiles_malformedOrTruncated_areRefusedByName(String text, @TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("keys.json");
    write(file);
    Files.writeString(file, text);
    assertThatThrownBy(() -> KeyFiles.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a keyring: path=" + file);
  }

  @Test
  void keyFiles_tooLong_areRefusedByName(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("keys.json");
    write(file);
    Files.write(file, new byte[16 << 20], StandardOpenOption.APPEND);
    assertThatThrownBy(() -> KeyFiles.read(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file + ": too long: limit=16777216");
  }

  @Test
  void ofSecret_tooShort_isRefused() {
    assertThatThrownBy(() -> AgentKey.ofSecret("k", MANAGER, new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(AgentKey.ofSecret("k", MANAGER, secret(1)).toString())
        .doesNotContain("SecretKeySpec");
  }

  @Test
  void canonicalJson_rfc8785Example_isItsCanonicalForm() {
    JsonObject object =
        parse(
            "{\"numbers\":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"
                + "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
                + "\"literals\":[null,true,false]}");
    assertThat(new String(CanonicalJson.of(object), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  private static Message message() {
    return Samples.message("t1").toBuilder().timestamp(Samples.TIME).build();
  }

  private static Message inLife(long epoch) {
    return message().toBuilder().metadata(Metadata.builder().epoch(epoch).build()).build();
  }

  private void assertRefused(Message message, ErrorCode code) {
    assertThat(signatures.verify(message).map(Violation::code)).contains(code);
  }

  private static byte[] secret(int fill) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) fill);
    return secret;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void write(Path file, JsonObject... keys) throws IOException {
    JsonObject document = JsonObject.builder().putObjects("keys", Arrays.asList(keys)).build();
    Files.writeString(file, document.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Message reread(Message message) {
    return Message.of(JsonCodec.decode(JsonCodec.encode(message)).fields());
  }

  private static JsonObject parse(String text) {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.aeon.slabs.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.codegen.Compiled.Instance;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.record.RecordContentException;
import dev.aeon.slabs.view.VariantView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated from real descriptors, compiled, and used over a slab. */
class RecordGeneratorTest {
  private static final String ORDER = "demo.market.OrderRecord";
  private static final String SIDE = "demo.market.Side";

  @TempDir private static Path orderSchemas;
  @TempDir private static Path orderClasses;
  private static byte[] orderDescriptors;
  private static Compiled compiled;

  @TempDir private Path schemas;
  @TempDir private Path classes;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Slab slab = device.allocate(4096);

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @BeforeAll
  static void compileOrders() throws Exception {
    orderDescriptors = Protoc.withOrders(orderSchemas).descriptors();
    compiled = Compiled.of(RecordGenerator.generate(orderDescriptors), orderClasses);
  }

  @Test
  void fields_written_areReadByAnotherWindow() throws Exception {
    Instance written = compiled.over(ORDER, slab.segment(), 64);
    written.call("setId", Long.MIN_VALUE);
    written.call("setSide", compiled.value(SIDE, "SELL"));
    written.call("setUrgent", true);
    written.call("setTrader", "Żółć");
    written.call("setToken", (Object) new byte[] {1, 2, 3});
    written.call("setClass_", 1.5f);

    Instance read = compiled.over(ORDER, slab.segment(), 64);

    assertThat(read.call("getId")).isEqualTo(Long.MIN_VALUE);
    assertThat(read.call("getSide")).hasToString("SELL");
    assertThat(read.call("getSideNumber")).isEqualTo(2);
    assertThat(read.call("getUrgent")).isEqualTo(true);
    assertThat(read.call("getTrader")).isEqualTo("Żółć");
    assertThat((byte[]) read.call("getToken")).containsExactly(1, 2, 3);
    assertThat(((MemorySegment) read.call("getTokenSegment")).byteSize()).isEqualTo(3);
    assertThat(read.call("getClass_")).isEqualTo(1.5f);
  }

  @Test
  void recordsBesideEachOther_doNotTouch() throws Exception {
    int byteSize = (int) compiled.constant(ORDER, "BYTE_SIZE");
    slab.segment().fill((byte) 0x55);
    Instance record = compiled.over(ORDER, slab.segment(), byteSize);

    record.call("clear");
    record.call("setTrader", "0123456789");
    record.call("setFlagsCount", 3);
    record.call("setFlags", 2, true);

    MemorySegment before = slab.segment().asSlice(0, byteSize);
    MemorySegment after = slab.segment().asSlice(2L * byteSize, byteSize);
    assertThat(before.mismatch(after)).isEqualTo(-1);
    assertThat(after.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 0x55);
  }

  @Test
  void rows_areCountedIndexedAndViewedInPlace() throws Exception {
    Instance order = compiled.over(ORDER, slab.segment(), 0);
    order.call("setEmbeddingCount", 3);
    order.call("setEmbedding", 2, 0.5f);
    order.call("setLegsCount", 2);
    order.inner("getLegs", 1).call("setQuantity", -7);
    order.inner("getLegs", 1).call("setNote", "n");
    order.call("setTagsCount", 3);
    order.call("setTags", 2, "abcdef");
    order.call("setSidesCount", 1);
    order.call("setSides", 0, compiled.value(SIDE, "default_"));

    assertThat(order.call("getEmbeddingCount")).isEqualTo(3);
    assertThat(((VariantView) order.call("getEmbeddingView")).getFloat(2)).isEqualTo(0.5f);
    assertThat(order.inner("getLegs", 1).call("getQuantity")).isEqualTo(-7);
    assertThat(order.inner("getLegs", 1).call("getNote")).isEqualTo("n");
    assertThat(order.call("getTags", 2)).isEqualTo("abcdef");
    assertThat(order.call("getTags", 1)).isEqualTo("");
    assertThat(order.call("getSides", 0)).hasToString("default_");
    assertThatThrownBy(() -> order.call("getEmbedding", 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> order.call("getLegs", -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void presence_isKeptBesideTheValue() throws Exception {
    Instance order = compiled.over(ORDER, slab.segment(), 0);
    assertThat(order.call("hasPriority")).isEqualTo(false);

    order.call("setPriority", 0);
    order.inner("initPlace").call("setLatitude", 52.5);

    assertThat(order.call("hasPriority")).isEqualTo(true);
    assertThat(order.call("hasPlace")).isEqualTo(true);
    assertThat(order.inner("getPlace").call("getLatitude")).isEqualTo(52.5);
    order.call("clearPlace");
    assertThat(order.call("hasPlace")).isEqualTo(false);
    assertThat(order.inner("getPlace").call("getLatitude")).isEqualTo(0.0);
    assertThat(order.call("hasPriority")).isEqualTo(true);
  }

  @Test
  void oneof_hasOneMemberAtATime() throws Exception {
    Instance order = compiled.over(ORDER, slab.segment(), 0);
    assertThat(order.call("getPriceCase")).isEqualTo(0);

    order.call("setLimit", 9.5);
    order.call("setWords", "market");

    assertThat(order.call("getPriceCase")).isEqualTo(12);
    assertThat(order.call("hasLimit")).isEqualTo(false);
    assertThat(order.call("getWords")).isEqualTo("market");
    order.call("clearWords");
    assertThat(order.call("getPriceCase")).isEqualTo(0);
  }

  @Test
  void valuesBeyondTheirBounds_areRefusedAndNothingIsWritten() throws Exception {
    Instance order = compiled.over(ORDER, slab.segment(), 0);
    order.call("setTrader", "before");

    assertThatThrownBy(() -> order.call("setTrader", "01234567890"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("count=11", "max=10");
    assertThatThrownBy(() -> order.call("setToken", (Object) new byte[17]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> order.call("setToken", MemorySegment.ofArray(new byte[17])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> order.call("setEmbeddingCount", 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> order.call("setEmbeddingCount", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(order.call("getTrader")).isEqualTo("before");
  }

  @Test
  void anyBytes_areReadOrRefusedByName() throws Exception {
    long seed = new Random().nextLong();
    RandomGenerator random = new Random(seed);
    int byteSize = (int) compiled.constant(ORDER, "BYTE_SIZE");
    MemorySegment memory = slab.segment().asSlice(0, byteSize);
    Instance order = compiled.over(ORDER, memory, 0);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[byteSize];
      random.nextBytes(bytes);
      MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, byteSize);
      for (String getter :
          new String[] {"getSide", "getTrader", "getToken", "getEmbeddingView", "getWords"}) {
        try {
          order.call(getter);
        } catch (RecordContentException refused) {
          assertThat(refused).as("seed=%d", seed).hasMessageContaining("=");
        }
      }
    }
  }

  @Test
  void window_whereThereIsNoRoom_isRefused() throws Exception {
    int byteSize = (int) compiled.constant(ORDER, "BYTE_SIZE");

    for (long byteOffset : new long[] {-8, 4, 4096, 4096 - byteSize + 8, Long.MAX_VALUE - 7}) {
      assertThatThrownBy(() -> compiled.over(ORDER, slab.segment(), byteOffset))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("byteOffset=" + byteOffset);
    }
    assertThatThrownBy(() -> compiled.over(ORDER, MemorySegment.ofArray(new byte[4096]), 0))
        .isInstanceOf(IllegalArgumentException.class);
    compiled.over(ORDER, slab.segment(), (4096L - byteSize) & -8);
  }

  @Test
  void pluginOfProtoc_writesWhatTheDescriptorsGive() throws Exception {
    Protoc protoc = Protoc.withOrders(schemas);

    assertThat(protoc.generate(classes)).isEmpty();

    Map<String, String> sources = RecordGenerator.generate(protoc.descriptors());
    assertThat(sources).hasSize(4);
    for (Map.Entry<String, String> source : sources.entrySet()) {
      assertThat(classes.resolve(source.getKey())).hasContent(source.getValue());
    }
  }

  @Test
  void commandLine_writesSourcesOrSaysWhyNot() throws Exception {
    Protoc.withOrders(schemas).descriptors();
    String[] arguments = {
      "--descriptors", schemas.resolve("set.binpb").toString(), "--out", classes.toString()
    };
    var err = new ByteArrayOutputStream();

    assertThat(run(err, arguments)).isZero();
    assertThat(classes.resolve("demo/market/OrderLegRecord.java")).exists();

    Files.write(schemas.resolve("set.binpb"), new byte[] {-1, -1});
    assertThat(run(err, arguments)).isEqualTo(1);
    assertThat(run(err, "--out")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no descriptors", "usage:");
  }

  private static int run(ByteArrayOutputStream err, String... arguments) throws Exception {
    return RecordGeneratorMain.run(
        arguments,
        new ByteArrayInputStream(new byte[0]),
        new ByteArrayOutputStream(),
        new PrintStream(err, true, UTF_8));
  }

  @Test
  void schemaId_changesWithTheLayoutAlone(@TempDir Path other, @TempDir Path renumbered)
      throws Exception {
    String first = "message M { int32 a = 1; int64 b = 2; }";

    String id = schemaId(schemas, "// Said of it.\n" + first);

    assertThat(schemaId(other, first)).isEqualTo(id);
    assertThat(schemaId(renumbered, "message M { int32 a = 1; int64 b = 3; }")).isNotEqualTo(id);
  }

  private static String schemaId(Path folder, String body) throws Exception {
    return RecordGenerator.generate(Protoc.withMessage(folder, body).descriptors())
        .get("MRecord.java")
        .lines()
        .filter(line -> line.contains("SCHEMA_ID"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "string s = 1;|max_bytes",
        "repeated int32 n = 1;|max_count",
        "repeated string s = 1 [(aeon.slab).max_count = 2];|max_bytes",
        "map<int32, int32> m = 1;|a map has no fixed layout",
        "M m = 1;|holds itself",
        "repeated double d = 1 [(aeon.slab).max_count = 200000000];|too large",
        "bytes b = 1 [(aeon.slab).max_bytes = 4000000000];|out of range",
        "int32 a_b = 1; int32 A_b = 2;|one name in Java",
        "repeated int32 n = 1 [(aeon.slab).max_count = 2]; int32 n_count = 2;|one name in Java"
      })
  void messageWithoutAFixedLayout_isRefusedByName(String fields, String cause) throws Exception {
    byte[] descriptors = Protoc.withMessage(schemas, "message M { " + fields + " }").descriptors();

    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> RecordGenerator.generate(descriptors))
        .withMessageContainingAll(cause, "M");
  }

  @Test
  void pluginOfProtoc_givenAMessageWithoutAFixedLayout_saysWhy() throws Exception {
    Protoc protoc = Protoc.withMessage(schemas, "message M { string s = 1; }");

    assertThat(protoc.generate(classes)).contains("max_bytes", "field=M.s");
  }

  @Test
  void descriptors_truncatedAtEveryByte_areRefusedOrLessIsGenerated() throws Exception {
    for (int length = 0; length < orderDescriptors.length; length += 31) {
      try {
        Map<String, String> sources =
            RecordGenerator.generate(Arrays.copyOf(orderDescriptors, length));
        assertThat(sources).hasSizeLessThan(4);
      } catch (SchemaException refused) {
        assertThat(refused).hasMessageContaining("=");
      }
    }
  }
}

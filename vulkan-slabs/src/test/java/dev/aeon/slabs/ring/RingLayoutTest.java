package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.MixShader;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Java, C and GLSL say the same of a ring, and work on the same one. */
@Tag("driver")
@Timeout(120)
class RingLayoutTest {
  private static final Path MODULE =
      Path.of(System.getProperty("aeon.root")).resolve("vulkan-slabs");
  private static final Pattern GLSL_CONSTANT = Pattern.compile("const uint ([A-Z_]+) = (\\d+)u;");

  /** What only Java has to know. */
  private static final List<String> OF_JAVA_ALONE =
      List.of("MIN_CAPACITY_BYTES", "MAX_CAPACITY_BYTES", "MAX_SLOTS");

  @TempDir private Path folder;

  @Test
  void header_forC_saysWhatJavaSays() throws Exception {
    Map<String, Long> found = new TreeMap<>();
    for (String line : run(compilePeer().toString(), "layout").lines().toList()) {
      String[] fact = line.split(" ", 2);
      found.put(fact[0], Long.parseLong(fact[1]));
    }

    assertThat(found).isEqualTo(layoutOfJava());
  }

  @Test
  void include_forShaders_saysWhatJavaSays() throws Exception {
    Map<String, Long> found = new TreeMap<>();
    Matcher constants =
        GLSL_CONSTANT.matcher(Files.readString(MODULE.resolve("src/main/glsl/ring.glsl")));
    while (constants.find()) {
      found.put(constants.group(1), Long.parseLong(constants.group(2)));
    }
    Map<String, Long> expected = layoutOfJava();
    // Of 64 bits; a shader has words of 32.
    expected.remove("MAGIC");

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void records_throughAProcessInC_comeBackChangedAndInOrder() throws Exception {
    long halfBytes = 8192;
    Path peer = compilePeer();
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      Slab slab = device.allocateShared("aeon-ring-in-c", 2 * halfBytes);
      MemorySegment there = slab.segment().asSlice(0, halfBytes);
      MemorySegment back = slab.segment().asSlice(halfBytes, halfBytes);
      SpscProducer producer = SpscRing.create(there).producer();
      SpscConsumer consumer = SpscRing.create(back).consumer();
      Process echo =
          new ProcessBuilder(
                  peer.toString(),
                  "echo",
                  "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), slab.descriptor().fd()),
                  Long.toString(2 * halfBytes))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();

      List<Integer> sizes = passThroughC(producer, consumer, echo);

      assertThat(echo.waitFor()).isZero();
      assertThat(sizes).hasSize(1001).endsWith(0);
    }
  }

  /** A thousand records whose lengths and bytes follow from their numbers, and an empty one. */
  private static List<Integer> passThroughC(
      SpscProducer producer, SpscConsumer consumer, Process echo) {
    List<Integer> sizes = new ArrayList<>();
    RecordHandler check =
        (memory, byteOffset, byteSize) -> {
          int number = sizes.size();
          assertThat(byteSize).isEqualTo(sizeOf(number));
          for (int at = 0; at < byteSize; at++) {
            assertThat(memory.get(ValueLayout.JAVA_BYTE, byteOffset + at))
                .isEqualTo((byte) (number + at + 1));
          }
          sizes.add(byteSize);
        };
    for (int number = 0; sizes.size() < 1001; ) {
      if (number <= 1000 && write(producer, number)) {
        number++;
      }
      if (consumer.drain(check, 10) == 0) {
        assertThat(echo.isAlive() || consumer.hasRecord()).isTrue();
      }
    }
    return sizes;
  }

  private static int sizeOf(int number) {
    return number == 1000 ? 0 : 1 + number * 7 % 200;
  }

  private static boolean write(SpscProducer producer, int number) {
    int byteSize = sizeOf(number);
    long byteOffset = producer.claim(byteSize);
    if (byteOffset == RingProducer.FULL) {
      return false;
    }
    for (int at = 0; at < byteSize; at++) {
      producer.segment().set(ValueLayout.JAVA_BYTE, byteOffset + at, (byte) (number + at));
    }
    producer.commit();
    return true;
  }

  @Test
  void records_throughAShader_comeOutChanged() {
    try (SlabDevice device = SlabDevice.open()) {
      assumeTrue(device.isVulkan(), () -> "no Vulkan device: " + device.description());
      Slab slab = device.allocate(SpscRing.slabByteSize(256));
      SpscRing ring = SpscRing.create(slab);
      for (int number = 0; number < 10; number++) {
        passOne(ring, number);
      }
      for (int number = 0; number < 5; number++) {
        write(ring.producer(), 2 + number, 8);
      }

      runShader(device, slab);

      List<Integer> words = new ArrayList<>();
      ring.consumer()
          .drain(
              (memory, byteOffset, byteSize) ->
                  words.add(memory.get(ValueLayout.JAVA_INT, byteOffset + 4)),
              100);
      assertThat(words).containsExactly(3, 4, 5, 6, 7);
      assertThat(slab.segment().get(ValueLayout.JAVA_INT, RingLayout.LINE_BYTES - 4)).isEqualTo(5);
    }
  }

  private static void runShader(SlabDevice device, Slab slab) {
    slab.upload(0, slab.byteSize());
    try (MixShader shader = new MixShader(device, "/ring.spv")) {
      shader.run(slab, 0, slab.byteSize(), 0, 1, 1, 0);
    }
    slab.download(0, slab.byteSize());
  }

  /** So that what the shader reads goes round the end of the ring. */
  private static void passOne(SpscRing ring, int number) {
    write(ring.producer(), number, 12);
    ring.consumer().drain((memory, byteOffset, byteSize) -> {}, 1);
  }

  private static void write(SpscProducer producer, int word, int byteSize) {
    long byteOffset = producer.claim(byteSize);
    for (int at = 0; at < byteSize; at += Integer.BYTES) {
      producer.segment().set(ValueLayout.JAVA_INT, byteOffset + at, word);
    }
    producer.commit();
  }

  private static Map<String, Long> layoutOfJava() throws IllegalAccessException {
    Map<String, Long> layout = new TreeMap<>();
    for (Field field : RingLayout.class.getDeclaredFields()) {
      boolean isNumber = field.getType() == long.class || field.getType() == int.class;
      if (isNumber && !OF_JAVA_ALONE.contains(field.getName())) {
        layout.put(field.getName(), ((Number) field.get(null)).longValue());
      }
    }
    return layout;
  }

  private Path compilePeer() throws Exception {
    Path peer = folder.resolve("ring_peer");
    run(
        "cc",
        "-std=c11",
        "-D_GNU_SOURCE",
        "-O2",
        "-Wall",
        "-Wextra",
        "-Wconversion",
        "-Werror",
        "-I" + MODULE.resolve("src/main/c"),
        "-o",
        peer.toString(),
        MODULE.resolve("src/test/c/ring_peer.c").toString());
    return peer;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}

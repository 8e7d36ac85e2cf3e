package dev.aeon.checks.bench.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.aeon.slabs.codegen.RecordGenerator;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TradeRecordTest {
  private static final String SOURCE = "dev/aeon/checks/bench/view/TradeRecord.java";

  @Test
  void record_thatIsMeasured_isWhatTheGeneratorWrites() throws Exception {
    Path kept = Path.of(System.getProperty("aeon.root"), "checks/bench/src/main/java", SOURCE);

    String generated = RecordGenerator.generate(trade().toByteArray()).get(SOURCE);

    assertThat(withoutLayout(Files.readString(kept))).isEqualTo(withoutLayout(generated));
  }

  @Test
  void loops_ofBothSystems_comeToTheSame() {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      Slab slab = device.allocate(Elements.BYTE_SIZE);
      Elements ours = Elements.open("aeon", slab);
      Elements plain = Elements.open("memory-segment", slab);

      ours.fillRecords(7);
      double sum = plain.sumRecords();
      plain.fillRecords(7);

      assertThat(ours.sumRecords()).isEqualTo(sum).isPositive();
      ours.fill(1);
      assertThat(ours.sum()).isEqualTo(plain.sum()).isEqualTo(Elements.COUNT);
      assertThat(ours.sumMatrix()).isEqualTo(plain.sumMatrix());
      assertThat(ours.sumHalves()).isEqualTo(plain.sumHalves());
    }
  }

  /** Formatting moves white space, and the asterisks that comments begin lines with. */
  private static String withoutLayout(String source) {
    return source.replaceAll("[\\s*]+", "");
  }

  private static FileDescriptorSet trade() {
    DescriptorProto.Builder message =
        DescriptorProto.newBuilder()
            .setName("Trade")
            .addField(field("id", 1, FieldDescriptorProto.Type.TYPE_UINT64))
            .addField(field("price", 2, FieldDescriptorProto.Type.TYPE_DOUBLE))
            .addField(field("quantity", 3, FieldDescriptorProto.Type.TYPE_INT32))
            .addField(field("taker", 4, FieldDescriptorProto.Type.TYPE_BOOL));
    return FileDescriptorSet.newBuilder()
        .addFile(
            FileDescriptorProto.newBuilder()
                .setName("trade.proto")
                .setSyntax("proto3")
                .setPackage("dev.aeon.checks.bench.view")
                .addMessageType(message))
        .build();
  }

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .build();
  }
}

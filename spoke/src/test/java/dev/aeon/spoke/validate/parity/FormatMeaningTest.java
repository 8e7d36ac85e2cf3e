package dev.aeon.spoke.validate.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.aeon.spoke.validate.Sources;
import dev.aeon.spoke.validate.format.SchemaFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Made-up schemas, squeezed to one line, mean the same after they are formatted. */
class FormatMeaningTest {
  private static final int SCHEMAS = 200;
  private static final long SEED = Long.getLong("aeon.seed", 20261121);

  @Test
  void formattedSchemas_compileToTheSameDescriptors() {
    Sources before = Sources.file("first.proto", "syntax = \"proto3\";");
    Sources after = Sources.file("first.proto", "syntax = \"proto3\";");
    Mutation[] mutations = Mutation.values();
    for (int i = 0; i < SCHEMAS; i++) {
      Schema schema = SchemaMaker.make(SEED + i, "p%03d.v1".formatted(i));
      mutations[i % mutations.length].apply(schema, new Random(SEED + i));
      String path = "p%03d.proto".formatted(i);
      String squeezed = schema.text().replaceAll("(?m)//.*$", "").replaceAll("\\s+", " ");
      String formatted = SchemaFormatter.format(path, squeezed);
      assertThat(SchemaFormatter.format(path, formatted)).isEqualTo(formatted);
      before.and(path, squeezed);
      after.and(path, formatted);
    }
    assertThat(descriptors(after)).as("seed=" + SEED).isEqualTo(descriptors(before));
  }

  private static List<FileDescriptorProto> descriptors(Sources sources) {
    List<FileDescriptorProto> descriptors = new ArrayList<>();
    sources.image().files().forEach(file -> descriptors.add(file.proto()));
    return descriptors;
  }
}

package dev.aeon.spoke.validate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.UnknownFieldSet;
import dev.aeon.spoke.model.SpokeException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageReaderTest {
  private static final byte[] IMAGE = image().toByteArray();

  @Test
  void image_withSourceInformation_knowsWhereElementsStand() {
    ImageFile file = ImageReader.parse(IMAGE).files().iterator().next();
    MessageElement message = file.messages().getFirst();
    assertThat(message.place().location()).isEqualTo(new Location(3, 1, 5, 2));
    assertThat(message.namePlace().location()).isEqualTo(new Location(3, 9, 3, 10));
    assertThat(file.locations().leadingComments(4, 0)).isEqualTo(" An A.\n");
    assertThat(file.locations().find(4, 1)).isNull();
  }

  @Test
  void image_ofBuf_saysWhichFilesAreImportsAndWhichImportsAreUnused() {
    ImageFile file = ImageReader.parse(IMAGE).files().iterator().next();
    assertThat(file.isImport()).isTrue();
    assertThat(file.isSyntaxUnspecified()).isTrue();
    assertThat(file.imports().getFirst().isUnused()).isTrue();
  }

  @Test
  void image_cutAnywhere_isRefusedOrSmaller() {
    for (int length = 0; length < IMAGE.length; length++) {
      readAll(Arrays.copyOf(IMAGE, length));
    }
  }

  @Test
  void image_withAnyByteChanged_isRefusedOrRead() {
    Random random = new Random(20261121);
    for (int round = 0; round < 3_000; round++) {
      byte[] changed = IMAGE.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      readAll(changed);
    }
  }

  /** Nothing but the named exception comes out, whatever goes in. */
  private static void readAll(byte[] bytes) {
    assertThatCode(
            () -> {
              try {
                for (ImageFile file : ImageReader.parse(bytes).files()) {
                  file.forEachMessage(Element::place);
                  file.imports().forEach(ImportElement::place);
                  file.locations().leadingComments(4, 0);
                }
              } catch (SpokeException e) {
                assertThat(e.code()).isEqualTo(SpokeException.Code.INVALID_REQUEST);
              }
            })
        .doesNotThrowAnyException();
  }

  private static FileDescriptorSet image() {
    SourceCodeInfo info =
        SourceCodeInfo.newBuilder()
            .addLocation(
                location(List.of(4, 0), List.of(2, 0, 4, 1)).setLeadingComments(" An A.\n"))
            .addLocation(location(List.of(4, 0, 1), List.of(2, 8, 9)))
            .build();
    UnknownFieldSet.Field yes = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    UnknownFieldSet.Field first = UnknownFieldSet.Field.newBuilder().addVarint(0).build();
    UnknownFieldSet buf =
        UnknownFieldSet.newBuilder().addField(1, yes).addField(3, yes).addField(4, first).build();
    UnknownFieldSet extension =
        UnknownFieldSet.newBuilder()
            .addField(
                8042,
                UnknownFieldSet.Field.newBuilder().addLengthDelimited(buf.toByteString()).build())
            .build();
    return FileDescriptorSet.newBuilder()
        .addFile(
            FileDescriptorProto.newBuilder()
                .setName("a.proto")
                .addDependency("b.proto")
                .addMessageType(DescriptorProto.newBuilder().setName("A"))
                .setSourceCodeInfo(info)
                .setUnknownFields(extension))
        .build();
  }

  private static SourceCodeInfo.Location.Builder location(List<Integer> path, List<Integer> span) {
    return SourceCodeInfo.Location.newBuilder().addAllPath(path).addAllSpan(span);
  }
}

package dev.aeon.spoke.compile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Protoc;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCompilerTest {
  private static Protoc protoc;
  private static SchemaCompiler compiler;

  @BeforeAll
  static void open() {
    protoc = Protoc.open();
    compiler = new SchemaCompiler(protoc);
  }

  @AfterAll
  static void close() {
    protoc.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CPP|shop/order.pb.h shop/order.grpc.pb.h shop/line/item.pb.cc common/types.pb.cc",
        "CSHARP|Shop/Order.cs Shop/Line/Item.cs Common/Types.cs",
        "GO|shop/order.pb.go shop/order_grpc.pb.go shop/line/item.pb.go common/types.pb.go",
        "JAVA|shop/OrderOuterClass.java shop/OrdersGrpc.java common/Types.java",
        "JAVASCRIPT|shop/order_pb.js shop/order_pb.d.ts shop/line/item_pb.js common/types_pb.js",
        "KOTLIN|shop/OrderKt.kt shop/OrderOuterClassGrpcKt.kt shop/OrdersGrpc.java common/IdKt.kt",
        "OBJC|shop/Order.pbobjc.h shop/line/Item.pbobjc.m common/Types.pbobjc.m",
        "PHP|Shop/Order.php Shop/OrdersClient.php Common/Id.php",
        "PYTHON|shop/order_pb2.py shop/order_pb2.pyi shop/order_pb2_grpc.py common/types_pb2.py",
        "RUBY|shop/order_pb.rb shop/order_services_pb.rb common/types_pb.rb",
        "RUST|shop/line/generated.rs shop/order.u.pb.rs common/types.u.pb.rs",
        "TYPESCRIPT|shop/order_pb.ts shop/line/item_pb.ts common/types_pb.ts",
        "DESCRIPTORS|descriptors.binpb"
      })
  void compile_forALanguage_writesMessagesStubsAndWhatIsImported_theSameBytesEachTime(
      Language language, String files) {
    SortedMap<String, byte[]> first = compiler.compile(Schemas.order(language));
    SortedMap<String, byte[]> second = compiler.compile(Schemas.order(language));
    assertThat(first.keySet()).contains(files.split(" ", -1));
    assertThat(first.keySet()).noneMatch(path -> path.toLowerCase(Locale.ROOT).contains("unused"));
    assertThat(second.keySet()).isEqualTo(first.keySet());
    second.forEach((path, bytes) -> assertThat(bytes).as(path).isEqualTo(first.get(path)));
  }

  @Test
  void compile_forDescriptors_bringsImportsFirstAndComments() throws IOException {
    byte[] bytes =
        compiler.compile(Schemas.order(Language.DESCRIPTORS)).get(SchemaCompiler.DESCRIPTOR_FILE);
    FileDescriptorSet set = FileDescriptorSet.parseFrom(bytes);
    assertThat(set.getFileList())
        .extracting(FileDescriptorProto::getName)
        .contains("google/protobuf/timestamp.proto", "common/types.proto")
        .last()
        .isEqualTo("shop/order.proto");
    assertThat(set.getFileList()).allMatch(FileDescriptorProto::hasSourceCodeInfo);
  }

  @Test
  void compile_forGo_makesOneModuleOfAllFolders() {
    SortedMap<String, byte[]> files = compiler.compile(Schemas.order(Language.GO));
    assertThat(new String(files.get("shop/order.pb.go"), UTF_8))
        .contains("package shop")
        .contains("\"spoke.generated/order/common\"")
        .contains("\"spoke.generated/order/shop/line\"");
  }

  @Test
  void compile_forGo_keepsThePackageNameThatTheSchemaGives() {
    String text =
        """
        syntax = "proto3";
        option go_package = "example.com/acme/events;eventspb";
        message Event {}
        """;
    assertThat(generated(Language.GO, "v1/events.proto", text).get("v1/events.pb.go"))
        .contains("package eventspb");
  }

  @Test
  void compile_ofAnEditionForGo_keepsPresenceAndPacking() {
    String text =
        """
        edition = "2023";
        message Reading {
          int32 there = 1;
          int32 plain = 2 [features.field_presence = IMPLICIT];
          repeated int32 loose = 3 [features.repeated_field_encoding = EXPANDED];
          oneof either { int32 left = 4; }
        }
        service Readings { rpc Get(Reading) returns (Reading); }
        """;
    assertThat(generated(Language.GO, "r.proto", text).get("r.pb.go"))
        .contains("There *int32")
        .containsPattern("There .*protobuf:\"varint,1,opt,name=there,proto3,oneof")
        .containsPattern("Plain +int32")
        .containsPattern("Loose .*protobuf:\"varint,3,rep,name=loose,proto3");
    assertThat(generated(Language.GO, "r.proto", text)).containsKey("r_grpc.pb.go");
  }

  @Test
  void compile_ofAnEditionThatProto3CannotSay_isRefusedForGoAndNamesIt() {
    String text =
        """
        edition = "2023";
        enum Old { option features.enum_type = CLOSED; ONE = 1; }
        message M { Old old = 1; }
        service S { rpc Get(M) returns (M); }
        """;
    assertThatThrownBy(() -> generated(Language.GO, "old.proto", text))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("closed enum")
        .hasMessageContaining("file=old.proto name=Old");
    assertThat(generated(Language.PYTHON, "old.proto", text)).containsKey("old_pb2_grpc.py");
    assertThat(generated(Language.KOTLIN, "old.proto", text).keySet())
        .contains("OldOuterClassGrpcKt.kt");
  }

  @Test
  void compile_ofABrokenSchema_namesThePlace() {
    assertThatThrownBy(() -> generated(Language.JAVA, "a.proto", "syntax = \"proto3\";\nmessage {"))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e -> assertThat(e.code()).isEqualTo(SpokeException.Code.INVALID_SCHEMA))
        .hasMessageContaining("a.proto:2:9");
  }

  private static Map<String, String> generated(Language language, String path, String text) {
    CompileJob job =
        new CompileJob(
            new ModuleName("made"), Schemas.content(Map.of(path, text)), List.of(), language);
    Map<String, String> texts = new java.util.TreeMap<>();
    compiler.compile(job).forEach((name, bytes) -> texts.put(name, new String(bytes, UTF_8)));
    return texts;
  }
}

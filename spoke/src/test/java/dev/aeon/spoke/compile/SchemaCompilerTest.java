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
import org.junit.jupiter.params.provider.EnumSource;

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
        "CSHARP|Shop/Order.cs Shop/OrderGrpc.cs Shop/Line/Item.cs Common/Types.cs",
        "GO|shop/order.pb.go shop/order_grpc.pb.go shop/line/item.pb.go common/types.pb.go",
        "JAVA|shop/OrderOuterClass.java shop/OrdersGrpc.java common/Types.java",
        "JAVASCRIPT|shop/order_pb.js shop/order_pb.d.ts shop/line/item_pb.js common/types_pb.js",
        "KOTLIN|shop/OrderKt.kt shop/OrderOuterClassGrpcKt.kt shop/OrdersGrpc.java common/IdKt.kt",
        "OBJC|shop/Order.pbobjc.h shop/Order.pbrpc.h shop/Order.pbrpc.m shop/line/Item.pbobjc.m",
        "PHP|Shop/Order.php Shop/OrdersClient.php Shop/OrdersStub.php Common/Id.php",
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
  void compile_forGo_ofAFolderCalledLikeAKeyword_givesItALegalName() {
    String text = "syntax = \"proto3\"; package type; message Percent {}";
    assertThat(generated(Language.GO, "type/percent.proto", text).get("type/percent.pb.go"))
        .contains("package _type");
  }

  @Test
  void compile_ofAnEditionForGo_keepsItsFeatures() {
    String text =
        """
        edition = "2023";
        import "google/protobuf/go_features.proto";
        message Reading {
          option features.(pb.go).api_level = API_HYBRID;
          int32 there = 1;
          int32 plain = 2 [features.field_presence = IMPLICIT];
          repeated int32 loose = 3 [features.repeated_field_encoding = EXPANDED];
          Inner inner = 4 [features.message_encoding = DELIMITED];
          message Inner {}
        }
        enum Old { option features.enum_type = CLOSED; ONE = 1; }
        service Readings { rpc Get(Reading) returns (Reading); }
        """;
    Map<String, String> files = generated(Language.GO, "r.proto", text);
    assertThat(files.get("r.pb.go"))
        .containsPattern("There +\\*int32")
        .containsPattern("Plain +int32")
        .containsPattern("Loose .*protobuf:\"varint,3,rep,name=loose")
        .containsPattern("Inner .*protobuf:\"group,4,opt,name=Inner")
        .contains("func (x *Reading) SetThere(");
    assertThat(files).containsKey("r_grpc.pb.go");
  }

  @Test
  void compile_ofANewerEditionForGo_hasTheInterfaceOfThatEdition() {
    String text =
        """
        edition = "2024";
        option features.default_symbol_visibility = EXPORT_ALL;
        export message Reading { int32 there = 1; local message Inner {} }
        service Readings { rpc Get(Reading) returns (Reading); }
        """;
    assertThat(generated(Language.GO, "r.proto", text).get("r.pb.go"))
        .contains("xxx_hidden_There")
        .contains("func (x *Reading) SetThere(");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void compile_ofAnEditionWithFeaturesOfOtherLanguages_works(Language language) {
    String text =
        """
        edition = "2023";
        package made;
        import "google/protobuf/cpp_features.proto";
        import "google/protobuf/go_features.proto";
        import "google/protobuf/java_features.proto";
        option features.(pb.go).legacy_unmarshal_json_enum = true;
        enum Kind { NONE = 0; ONE = 1; }
        message M {
          Kind kind = 1 [default = ONE];
          string text = 2 [features.(pb.cpp).string_type = CORD];
          bytes raw = 3 [features.field_presence = IMPLICIT];
        }
        service S { rpc Get(M) returns (M); }
        """;
    Map<String, String> files = generated(language, "old.proto", text);
    assertThat(files).isNotEmpty();
    if (language != Language.DESCRIPTORS && language != Language.GO) {
      assertThat(files.values())
          .as("imports what the runtime of %s has not", language)
          .noneMatch(code -> code.contains("GoFeaturesProto") || code.contains("go_features"));
    }
  }

  @Test
  void compile_ofAServiceWithoutAPackage_works() {
    String text = "syntax = \"proto3\"; message M {} service S { rpc Get(M) returns (M); }";
    for (Language language : Language.values()) {
      assertThat(generated(language, "s.proto", text)).as(language.id()).isNotEmpty();
    }
  }

  @Test
  void compile_forCSharp_putsStubsBesideTheMessagesOfTheirNamespace() {
    String text =
        """
        syntax = "proto3";
        package a_b2c.%s;
        message M {}
        service S { rpc Get(M) returns (M); }
        """;
    Map<String, String> texts =
        Map.of("x/calls.proto", text.replace("%s", "x"), "y/calls.proto", text.replace("%s", "y"));
    CompileJob job = CompileJob.of(new ModuleName("made"), Schemas.content(texts), Language.CSHARP);
    assertThat(compiler.compile(job).keySet())
        .containsExactlyInAnyOrder(
            "AB2C/X/Calls.cs", "AB2C/X/CallsGrpc.cs", "AB2C/Y/Calls.cs", "AB2C/Y/CallsGrpc.cs");
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

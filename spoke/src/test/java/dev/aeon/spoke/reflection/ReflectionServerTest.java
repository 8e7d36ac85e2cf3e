package dev.aeon.spoke.reflection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aeon.spoke.access.AccessControl;
import dev.aeon.spoke.access.Grant;
import dev.aeon.spoke.access.RateLimiter;
import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.access.TokenFile;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.FileSystemStore;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ExtensionRequest;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReflectionServerTest {
  private static final String COMMON =
      "syntax = \"proto2\"; package common; message Id { extensions 100 to 200; }";
  private static final String ORDER =
      """
      syntax = "proto2";
      package shop;
      import "common/types.proto";
      message Order { optional common.Id id = 1; enum State { OPEN = 0; } }
      extend common.Id { optional string tag = 120; }
      service Orders { rpc Get(common.Id) returns (Order); }
      """;

  @TempDir Path folder;
  private SchemaRegistry registry;
  private ReflectionServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    registry = new SchemaRegistry(new FileSystemStore(folder), InstantSource.system());
    push("common", "v1.0.0", "types.proto", COMMON);
    push("order", "v1.0.0", "order.proto", ORDER.replace("Orders", "Sales"));
    push("order", "v1.1.0", "order.proto", ORDER);
    start(Role.READ);
  }

  private void start(Role anonymous) {
    AccessControl access =
        new AccessControl(new TokenFile(tokens()), anonymous, InstantSource.system());
    server =
        ReflectionServer.start(
            registry,
            access,
            new RateLimiter(0, System::nanoTime),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  private Path tokens() {
    return folder.resolve("tokens.json");
  }

  private void push(String module, String version, String path, String text) {
    ModuleContent content =
        ModuleContent.of(new TreeMap<>(Map.of(new ProtoPath(path), text.getBytes(UTF_8))));
    registry.push(new ModuleName(module), Version.parse(version), "", content, List.of());
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
    server.close();
    registry.close();
  }

  @Test
  void services_areThoseOfTheVersionThatIsNamed() {
    ServerReflectionRequest list = ServerReflectionRequest.newBuilder().setListServices("").build();
    assertThat(services(ask(head("order", "v1.0.0"), list))).containsExactly("shop.Sales");
    assertThat(services(ask(head("order", "latest"), list))).containsExactly("shop.Orders");
    assertThat(services(ask(head("common", "v1.0.0"), list))).isEmpty();
  }

  @Test
  void services_askedForByTheOlderName_areTheSame() {
    CompletableFuture<List<String>> names = new CompletableFuture<>();
    var questions =
        io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head("order", "v1.0.0")))
            .serverReflectionInfo(new AlphaAnswer(names));
    questions.onNext(
        io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
            .setListServices("")
            .build());
    questions.onCompleted();
    assertThat(names.orTimeout(60, TimeUnit.SECONDS).join()).containsExactly("shop.Sales");
  }

  private record AlphaAnswer(CompletableFuture<List<String>> names)
      implements StreamObserver<io.grpc.reflection.v1alpha.ServerReflectionResponse> {
    @Override
    public void onNext(io.grpc.reflection.v1alpha.ServerReflectionResponse answer) {
      names.complete(
          answer.getListServicesResponse().getServiceList().stream()
              .map(service -> service.getName())
              .toList());
    }

    @Override
    public void onError(Throwable cause) {
      names.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {
      names.completeExceptionally(new AssertionError("ended without an answer"));
    }
  }

  @Test
  void symbol_ofAnyKind_leadsToItsFileAndWhatThatImports() {
    for (String symbol :
        List.of(
            "shop.Order",
            "shop.Order.id",
            "shop.Order.State",
            "shop.Order.OPEN",
            "shop.Orders",
            "shop.Orders.Get",
            "shop.tag")) {
      ServerReflectionRequest request =
          ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build();
      assertThat(files(ask(head("order", "v1.1.0"), request).getFirst()))
          .as(symbol)
          .containsExactly("order.proto", "common/types.proto");
    }
  }

  @Test
  void imports_areSentOnceInAStream() {
    ServerReflectionRequest order =
        ServerReflectionRequest.newBuilder().setFileByFilename("order.proto").build();
    ServerReflectionRequest common =
        ServerReflectionRequest.newBuilder().setFileByFilename("common/types.proto").build();
    List<ServerReflectionResponse> answers = ask(head("order", "v1.1.0"), order, order, common);
    assertThat(answers.stream().map(ReflectionServerTest::files))
        .containsExactly(
            List.of("order.proto", "common/types.proto"),
            List.of("order.proto"),
            List.of("common/types.proto"));
    assertThat(answers.getFirst().getOriginalRequest()).isEqualTo(order);
  }

  @Test
  void extensions_areFoundByMessageAndNumber() {
    ServerReflectionRequest numbers =
        ServerReflectionRequest.newBuilder().setAllExtensionNumbersOfType("common.Id").build();
    ServerReflectionRequest extension =
        ServerReflectionRequest.newBuilder()
            .setFileContainingExtension(
                ExtensionRequest.newBuilder()
                    .setContainingType("common.Id")
                    .setExtensionNumber(120))
            .build();
    List<ServerReflectionResponse> answers = ask(head("order", "v1.1.0"), numbers, extension);
    assertThat(answers.getFirst().getAllExtensionNumbersResponse().getExtensionNumberList())
        .containsExactly(120);
    assertThat(files(answers.getLast())).startsWith("order.proto");
  }

  @Test
  void question_aboutWhatIsNotThere_isAnsweredAndTheStreamGoesOn() {
    ServerReflectionRequest unknown =
        ServerReflectionRequest.newBuilder().setFileContainingSymbol("no.Such").build();
    ServerReflectionRequest empty = ServerReflectionRequest.getDefaultInstance();
    ServerReflectionRequest list =
        ServerReflectionRequest.newBuilder().setListServices("*").build();
    List<ServerReflectionResponse> answers = ask(head("order", "v1.1.0"), unknown, empty, list);
    assertThat(answers.get(0).getErrorResponse().getErrorCode())
        .isEqualTo(Status.Code.NOT_FOUND.value());
    assertThat(answers.get(1).getErrorResponse().getErrorCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    assertThat(services(answers.subList(2, 3))).containsExactly("shop.Orders");
  }

  @Test
  void call_forWhatCannotBeRead_endsWithItsReason() {
    assertRefused(new Metadata(), Status.Code.INVALID_ARGUMENT, "spoke-module");
    assertRefused(head("../x", "v1.0.0"), Status.Code.INVALID_ARGUMENT, "module name");
    assertRefused(head("order", "v9.0.0"), Status.Code.NOT_FOUND, "v9.0.0");
    assertRefused(head("none", "latest"), Status.Code.NOT_FOUND, "none");
    Metadata stranger = head("order", "latest");
    stranger.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer x");
    assertRefused(stranger, Status.Code.UNAUTHENTICATED, "token");
  }

  @Test
  void token_readsItsModulesAlone() throws InterruptedException {
    stop();
    String secret =
        new TokenFile(tokens())
            .create("tool", List.of(new Grant("common", Role.READ)), Instant.now(), null);
    registry = new SchemaRegistry(new FileSystemStore(folder), InstantSource.system());
    start(Role.NONE);
    Metadata common = head("common", "latest");
    Metadata order = head("order", "latest");
    for (Metadata head : List.of(common, order)) {
      head.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + secret);
    }
    ServerReflectionRequest list = ServerReflectionRequest.newBuilder().setListServices("").build();
    assertThat(services(ask(common, list))).isEmpty();
    assertRefused(order, Status.Code.PERMISSION_DENIED, "order");
    assertRefused(head("common", "latest"), Status.Code.UNAUTHENTICATED, "common");
  }

  @Test
  void address_thatIsTaken_isRefused() {
    assertThatThrownBy(() ->
            ReflectionServer.start(
                registry,
                new AccessControl(new TokenFile(tokens()), Role.READ, InstantSource.system()),
                new RateLimiter(0, System::nanoTime),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                Optional.empty()))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e -> assertThat(e.code()).isEqualTo(SpokeException.Code.UNAVAILABLE));
  }

  private void assertRefused(Metadata head, Status.Code code, String words) {
    assertThatThrownBy(() -> ask(head, ServerReflectionRequest.getDefaultInstance()))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  private static Metadata head(String module, String version) {
    Metadata head = new Metadata();
    head.put(Metadata.Key.of("spoke-module", Metadata.ASCII_STRING_MARSHALLER), module);
    head.put(Metadata.Key.of("spoke-version", Metadata.ASCII_STRING_MARSHALLER), version);
    return head;
  }

  private List<ServerReflectionResponse> ask(Metadata head, ServerReflectionRequest... requests) {
    Answers answers = new Answers();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
            .serverReflectionInfo(answers);
    for (ServerReflectionRequest request : requests) {
      questions.onNext(request);
    }
    questions.onCompleted();
    return answers.all.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static final class Answers implements StreamObserver<ServerReflectionResponse> {
    private final List<ServerReflectionResponse> received = new ArrayList<>();
    private final CompletableFuture<List<ServerReflectionResponse>> all = new CompletableFuture<>();

    @Override
    public void onNext(ServerReflectionResponse answer) {
      received.add(answer);
    }

    @Override
    public void onError(Throwable cause) {
      all.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {
      all.complete(List.copyOf(received));
    }
  }

  private static List<String> services(List<ServerReflectionResponse> answers) {
    return answers.getFirst().getListServicesResponse().getServiceList().stream()
        .map(service -> service.getName())
        .toList();
  }

  private static List<String> files(ServerReflectionResponse answer) {
    return answer.getFileDescriptorResponse().getFileDescriptorProtoList().stream()
        .map(ReflectionServerTest::name)
        .toList();
  }

  private static String name(ByteString file) {
    try {
      return FileDescriptorProto.parseFrom(file).getName();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}

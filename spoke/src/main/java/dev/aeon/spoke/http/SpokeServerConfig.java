package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.store.FileSystemStore;
import dev.aeon.spoke.store.SchemaStore;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How a server runs.
 *
 * @param host the address to bind; loopback keeps it to this machine
 * @param port 0 lets the system choose
 * @param storageFolder of the store, or beside another of what is the server's own; created where
 *     it is missing
 * @param store opens what versions are kept in
 * @param anonymousRole what those may do who bring no token
 * @param requestsPerSecond of each caller, 0 for any number
 * @param tls what to encrypt with; empty for plain HTTP
 * @param beside what it speaks beside HTTP
 */
public record SpokeServerConfig(
    String host,
    int port,
    Path storageFolder,
    Supplier<SchemaStore> store,
    Role anonymousRole,
    double requestsPerSecond,
    Optional<TlsFiles> tls,
    Beside beside) {

  /**
   * A certificate chain and its key.
   *
   * @param certificates PEM
   * @param privateKey PEM, PKCS #8, not encrypted
   */
  public record TlsFiles(Path certificates, Path privateKey) {}

  /**
   * What a server speaks beside HTTP.
   *
   * @param feed where changes are published by SP
   * @param grpcPort where gRPC's server reflection listens, 0 for any port
   * @param telemetry who is told what requests come to; stays the caller's to close
   */
  public record Beside(Optional<String> feed, OptionalInt grpcPort, OpenTelemetry telemetry) {
    static final Beside NOTHING =
        new Beside(Optional.empty(), OptionalInt.empty(), OpenTelemetry.noop());
  }

  /** Open to whoever reaches it. */
  public SpokeServerConfig(String host, int port, Path storageFolder) {
    this(
        host,
        port,
        storageFolder,
        () -> new FileSystemStore(storageFolder),
        Role.ADMIN,
        0,
        Optional.empty(),
        Beside.NOTHING);
  }

  /** On a free port of the loopback address. */
  public static SpokeServerConfig embedded(Path storageFolder) {
    return new SpokeServerConfig("127.0.0.1", 0, storageFolder);
  }

  /** The same with versions kept elsewhere than in the folder. */
  public SpokeServerConfig withStore(Supplier<SchemaStore> other) {
    return new SpokeServerConfig(
        host, port, storageFolder, other, anonymousRole, requestsPerSecond, tls, beside);
  }

  /** The same with another role for those who bring no token. */
  public SpokeServerConfig withAnonymousRole(Role role) {
    return new SpokeServerConfig(
        host, port, storageFolder, store, role, requestsPerSecond, tls, beside);
  }

  /** The same with another rate limit. */
  public SpokeServerConfig withRequestsPerSecond(double limit) {
    return new SpokeServerConfig(
        host, port, storageFolder, store, anonymousRole, limit, tls, beside);
  }

  /** The same, encrypted. */
  public SpokeServerConfig withTls(TlsFiles files) {
    return new SpokeServerConfig(
        host,
        port,
        storageFolder,
        store,
        anonymousRole,
        requestsPerSecond,
        Optional.of(files),
        beside);
  }

  /** The same with changes published at an address of SP. */
  public SpokeServerConfig withFeed(String url) {
    return with(new Beside(Optional.of(url), beside.grpcPort, beside.telemetry));
  }

  /** The same with gRPC's server reflection at a port. */
  public SpokeServerConfig withGrpcPort(int chosen) {
    return with(new Beside(beside.feed, OptionalInt.of(chosen), beside.telemetry));
  }

  /** The same with spans for requests. */
  public SpokeServerConfig withTelemetry(OpenTelemetry telemetry) {
    return with(new Beside(beside.feed, beside.grpcPort, telemetry));
  }

  private SpokeServerConfig with(Beside other) {
    return new SpokeServerConfig(
        host, port, storageFolder, store, anonymousRole, requestsPerSecond, tls, other);
  }

  boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  Path tokenFile() {
    return storageFolder.resolve(".spoke").resolve("tokens.json");
  }

  Path policyFile() {
    return storageFolder.resolve(".spoke").resolve("policy.yaml");
  }

  Path searchFolder() {
    return storageFolder.resolve(".spoke").resolve("search");
  }

  Path auditFile() {
    return storageFolder.resolve(".spoke").resolve("audit.ndjson");
  }
}

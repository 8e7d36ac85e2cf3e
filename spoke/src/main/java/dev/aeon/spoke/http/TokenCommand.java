package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Grant;
import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.access.TokenFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Creates, lists and revokes the tokens of a registry; a running server takes that up at once. */
@Command(name = "token", description = "Creates, lists and revokes tokens.")
final class TokenCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-storage-dir", "--storage-dir"},
      scope = ScopeType.INHERIT,
      defaultValue = "spoke-storage",
      description = "folder of the store (default: ${DEFAULT-VALUE})")
  private Path storageFolder = Path.of("spoke-storage");

  @Command(name = "create", description = "Creates a token and prints its secret, this once.")
  int create(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = {"-role", "--role"},
              defaultValue = "read",
              description = "read, push or admin (default: ${DEFAULT-VALUE})")
          String role,
      @Option(
              names = {"-modules", "--modules"},
              defaultValue = "*",
              split = ",",
              description = "module names, owner/* or * (default: ${DEFAULT-VALUE})")
          List<String> modules,
      @Option(
              names = {"-days", "--days"},
              description = "until it expires (default: never)")
          @Nullable Integer days) {
    Role granted = Role.parse(role);
    List<Grant> grants = modules.stream().map(each -> new Grant(each, granted)).toList();
    Duration lifetime = days == null ? null : Duration.ofDays(days);
    print(tokens().create(name, grants, Instant.now(), lifetime));
    return 0;
  }

  @Command(name = "list", description = "Lists names and grants, no secrets.")
  int list() {
    tokens().read().forEach(token -> print(token.name() + " " + token.grants()));
    return 0;
  }

  @Command(name = "revoke", description = "Revokes a token.")
  int revoke(@Parameters(paramLabel = "NAME") String name) {
    tokens().revoke(name);
    return 0;
  }

  private TokenFile tokens() {
    return new TokenFile(SpokeServerConfig.embedded(storageFolder).tokenFile());
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}

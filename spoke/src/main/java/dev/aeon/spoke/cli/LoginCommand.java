package dev.aeon.spoke.cli;

import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.SpokeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "login",
    description = {
      "Keeps a token for a registry, once the registry has taken it. Without -token the token is"
          + " read from standard input, so that it stays out of the shell's history."
    })
final class LoginCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();

  /** The answer in JSON. */
  record Answer(String registry, String file) {}

  @Override
  public Integer call() {
    String url = registry.url();
    String token = registry.givenToken().orElseGet(LoginCommand::readToken);
    try (SpokeClient client = registry.connect(Optional.of(token))) {
      client.checkAccess();
    }
    UserConfig config = UserConfig.ofThisUser();
    config.setToken(url, token);
    output.print(
        new Answer(url, config.file().toString()),
        output.good("logged in") + " registry=" + url + " kept in " + config.file());
    return 0;
  }

  private static String readToken() {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      if (line != null && !line.isBlank()) {
        return line.strip();
      }
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "no token: give -token or write it to the input");
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "cannot read the token: " + e.getMessage(), e);
    }
  }
}

package dev.aeon.spoke.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "logout", description = "Forgets the token that is kept for a registry.")
final class LogoutCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();

  /** The answer in JSON. */
  record Answer(String registry) {}

  @Override
  public Integer call() {
    String url = registry.url();
    UserConfig.ofThisUser().setToken(url, null);
    output.print(new Answer(url), output.good("logged out") + " registry=" + url);
    return 0;
  }
}

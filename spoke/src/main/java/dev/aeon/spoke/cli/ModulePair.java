package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.validate.config.ModuleConfig;
import java.util.List;
import java.util.stream.IntStream;

/** The same module, as it is and as it was. */
record ModulePair(CheckedModule now, CheckedModule before) {

  /**
   * The modules of two inputs, compiled.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where one side has modules that the other lacks
   */
  static List<ModulePair> of(CheckInput current, CheckInput previous) {
    List<ModuleConfig> configs = current.configs();
    List<CheckedModule> now = current.modules(configs);
    List<CheckedModule> before = previous.modules(configs);
    if (now.size() != before.size()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "both sides need the same modules, count=" + now.size() + " before=" + before.size());
    }
    return IntStream.range(0, now.size())
        .mapToObj(i -> new ModulePair(now.get(i), before.get(i)))
        .toList();
  }
}

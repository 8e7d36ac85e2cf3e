package dev.aeon.slabs.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/**
 * Works on a slab that another process shares, a line of standard input at a time, and answers each
 * with a line: {@code host|device FIRST STRIDE COUNT ROUND} takes a step, {@code check COUNT
 * ROUNDS} compares each word, {@code end}.
 */
final class SlabPartner implements AutoCloseable {
  private final SlabDevice device = SlabDevice.open();
  private final Slab slab;
  private final MixShader shader;

  private SlabPartner(SlabTicket ticket) {
    this.slab = device.openShared(ticket);
    this.shader = new MixShader(device);
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (SlabPartner partner = new SlabPartner(SlabTicket.parse(arguments[0]))) {
      System.out.println(partner.slab.kind());
      for (String line = lines.readLine(); !line.equals("end"); line = lines.readLine()) {
        System.out.println(partner.answer(line.split(" ")));
      }
      System.out.println(partner.device.vulkan().orElseThrow().validationMessages());
    }
  }

  private String answer(String[] words) {
    if (words[0].equals("check")) {
      int count = Integer.parseInt(words[1]);
      return MixShader.difference(slab.segment(), count, Integer.parseInt(words[2]));
    }
    int first = Integer.parseInt(words[1]);
    int stride = Integer.parseInt(words[2]);
    int count = Integer.parseInt(words[3]);
    int round = Integer.parseInt(words[4]);
    if (words[0].equals("host")) {
      MixShader.mix(slab.segment(), first, stride, count, round);
    } else {
      shader.run(slab, 0, slab.byteSize(), first, stride, count, round);
    }
    return "done";
  }

  @Override
  public void close() {
    shader.close();
    device.close();
  }
}

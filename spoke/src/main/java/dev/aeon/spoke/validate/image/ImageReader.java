package dev.aeon.spoke.validate.image;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Reads an encoded {@code google.protobuf.FileDescriptorSet}, as {@code protoc
 * --descriptor_set_out} and {@code buf build} write it. Source information is not decoded, and the
 * files are decoded side by side.
 */
public final class ImageReader {
  private static final int FILE_FIELD = 1;
  private static final int SOURCE_INFO_FIELD = 9;

  /** What {@code buf build} adds to a file of an image. */
  private static final int BUF_EXTENSION_FIELD = 8042;

  private static final int BUF_IS_IMPORT = 1;
  private static final int BUF_IS_SYNTAX_UNSPECIFIED = 3;
  private static final int BUF_UNUSED_DEPENDENCY = 4;
  private static final int[] SYNTAX_PATH = {12};

  private ImageReader() {}

  /**
   * Reads an image from disk.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it cannot be read or is malformed
   */
  public static Image read(Path path) {
    try {
      return parse(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "cannot read the image, path=" + path, e);
    }
  }

  /**
   * Reads an image; the bytes must not change afterwards.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is malformed
   */
  public static Image parse(byte[] bytes) {
    return parse(bytes, Facts.NONE);
  }

  /**
   * What the compiler knows of its output and does not write to it.
   *
   * @param checked the files that are no mere imports; all where it is empty
   * @param unusedImports by importing file, the imports that nothing uses
   * @param sources gives the text of a file, or the empty text where it is not known
   */
  public record Facts(
      Set<String> checked, Map<String, Set<String>> unusedImports, UnaryOperator<String> sources) {
    static final Facts NONE = new Facts(Set.of(), Map.of(), path -> "");

    boolean isImport(String path) {
      return !checked.isEmpty() && !checked.contains(path);
    }
  }

  /**
   * Reads what a compiler wrote, with what it said besides; the bytes must not change afterwards.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is malformed
   */
  public static Image parse(byte[] bytes, Facts facts) {
    List<Slice> slices = new ArrayList<>();
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == tag(FILE_FIELD)) {
          slices.add(nextSlice(in));
        } else {
          in.skipField(tag);
        }
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    AtomicReferenceArray<ImageFile> files = new AtomicReferenceArray<>(slices.size());
    IntStream.range(0, slices.size())
        .parallel()
        .forEach(i -> files.set(i, parseFile(bytes, slices.get(i), facts)));
    return Image.of(IntStream.range(0, files.length()).mapToObj(files::get).toList());
  }

  private record Slice(int byteOffset, int byteSize) {}

  private static Slice nextSlice(CodedInputStream in) throws IOException {
    int size = in.readRawVarint32();
    int offset = in.getTotalBytesRead();
    in.skipRawBytes(size);
    return new Slice(offset, size);
  }

  private static ImageFile parseFile(byte[] bytes, Slice file, Facts facts) {
    try {
      return new FileParser(bytes, file).parse(facts);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Decodes one file around its source information, which stays as it is. */
  private static final class FileParser {
    private final byte[] bytes;
    private final Slice file;
    private final FileDescriptorProto.Builder builder = FileDescriptorProto.newBuilder();
    private final BitSet unusedImports = new BitSet();
    private SourceLocations locations = SourceLocations.NONE;
    private boolean hasBufExtension;
    private boolean isImport;
    private boolean isSyntaxUnspecified;

    FileParser(byte[] bytes, Slice file) {
      this.bytes = bytes;
      this.file = file;
    }

    ImageFile parse(Facts facts) throws IOException {
      CodedInputStream in = CodedInputStream.newInstance(bytes, file.byteOffset(), file.byteSize());
      int decoded = 0;
      int start = 0;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == tag(SOURCE_INFO_FIELD) || tag == tag(BUF_EXTENSION_FIELD)) {
          decode(decoded, start);
          readApart(in, tag);
          decoded = in.getTotalBytesRead();
        } else {
          in.skipField(tag);
        }
        start = in.getTotalBytesRead();
      }
      decode(decoded, file.byteSize());
      FileDescriptorProto proto = builder.build();
      boolean hasNoSyntax =
          !proto.hasSyntax() && !locations.isEmpty() && locations.find(SYNTAX_PATH) == null;
      markUnused(proto, facts);
      return new ImageFile(
          proto,
          locations,
          isImport || facts.isImport(proto.getName()),
          hasBufExtension ? isSyntaxUnspecified : hasNoSyntax,
          unusedImports,
          facts.sources());
    }

    private void decode(int from, int to) throws IOException {
      if (to > from) {
        builder.mergeFrom(
            CodedInputStream.newInstance(bytes, file.byteOffset() + from, to - from),
            ExtensionRegistryLite.getEmptyRegistry());
      }
    }

    private void readApart(CodedInputStream in, int tag) throws IOException {
      Slice inner = nextSlice(in);
      int offset = file.byteOffset() + inner.byteOffset();
      if (tag == tag(SOURCE_INFO_FIELD)) {
        locations = SourceLocations.of(bytes, offset, inner.byteSize());
      } else {
        readBufExtension(CodedInputStream.newInstance(bytes, offset, inner.byteSize()));
      }
    }

    private void readBufExtension(CodedInputStream in) throws IOException {
      hasBufExtension = true;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case BUF_IS_IMPORT -> isImport = in.readBool();
          case BUF_IS_SYNTAX_UNSPECIFIED -> isSyntaxUnspecified = in.readBool();
          case BUF_UNUSED_DEPENDENCY -> readUnused(in, tag);
          default -> in.skipField(tag);
        }
      }
    }

    private void readUnused(CodedInputStream in, int tag) throws IOException {
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
        markUnused(in.readInt32());
        return;
      }
      int limit = in.pushLimit(in.readRawVarint32());
      while (in.getBytesUntilLimit() > 0) {
        markUnused(in.readInt32());
      }
      in.popLimit(limit);
    }

    private void markUnused(FileDescriptorProto proto, Facts facts) {
      for (String path : facts.unusedImports().getOrDefault(proto.getName(), Set.of())) {
        int index = proto.getDependencyList().indexOf(path);
        if (index >= 0) {
          unusedImports.set(index);
        }
      }
    }

    private void markUnused(int index) throws IOException {
      if (index < 0 || index > 0xFFFF) {
        throw new IOException("an unused import is out of range, index=" + index);
      }
      unusedImports.set(index);
    }
  }

  private static int tag(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  private static SpokeException malformed(IOException cause) {
    return new SpokeException(
        SpokeException.Code.INVALID_REQUEST,
        "the image is malformed, cause=" + cause.getMessage(),
        cause);
  }
}

package dev.aeon.spoke.validate.image;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A compiled file and its elements; the elements are made when the file is. Immutable. */
public final class ImageFile {
  static final int DEPENDENCIES = 3;
  private static final int PACKAGE = 2;
  private static final int MESSAGES = 4;
  private static final int ENUMS = 5;
  private static final int SERVICES = 6;
  private static final int EXTENSIONS = 7;
  private static final int OPTIONS = 8;
  private static final int SYNTAX = 12;

  private final FileDescriptorProto proto;
  private final SourceLocations locations;
  private final UnaryOperator<String> sources;
  private final boolean isImport;
  private final boolean isSyntaxUnspecified;
  private final Features features;
  private final List<ImportElement> imports = new ArrayList<>();
  private final List<MessageElement> messages = new ArrayList<>();
  private final List<EnumElement> enums = new ArrayList<>();
  private final List<ServiceElement> services = new ArrayList<>();
  private final List<FieldElement> extensions = new ArrayList<>();

  ImageFile(
      FileDescriptorProto proto,
      SourceLocations locations,
      boolean isImport,
      boolean isSyntaxUnspecified,
      BitSet unusedImports,
      UnaryOperator<String> sources) {
    this.proto = proto;
    this.sources = sources;
    this.locations = locations;
    this.isImport = isImport;
    this.isSyntaxUnspecified = isSyntaxUnspecified;
    this.features = defaults(proto).with(proto.getOptions().getFeatures());
    addImports(unusedImports);
    for (int i = 0; i < proto.getMessageTypeCount(); i++) {
      int[] path = {MESSAGES, i};
      messages.add(new MessageElement(this, null, path, proto.getMessageType(i)));
    }
    for (int i = 0; i < proto.getEnumTypeCount(); i++) {
      enums.add(new EnumElement(this, null, new int[] {ENUMS, i}, proto.getEnumType(i)));
    }
    for (int i = 0; i < proto.getServiceCount(); i++) {
      services.add(new ServiceElement(this, new int[] {SERVICES, i}, proto.getService(i)));
    }
    for (int i = 0; i < proto.getExtensionCount(); i++) {
      int[] path = {EXTENSIONS, i};
      extensions.add(new FieldElement(this, null, path, proto.getExtension(i), null));
    }
  }

  private static Features defaults(FileDescriptorProto proto) {
    return switch (proto.getSyntax()) {
      case "proto3" -> Features.ofProto3();
      case "editions" -> Features.ofEdition(proto.getEdition());
      default -> Features.ofProto2();
    };
  }

  private void addImports(BitSet unused) {
    BitSet exposed = new BitSet();
    proto.getPublicDependencyList().stream().filter(i -> i >= 0).forEach(exposed::set);
    for (int i = 0; i < proto.getDependencyCount(); i++) {
      imports.add(
          new ImportElement(this, i, proto.getDependency(i), exposed.get(i), unused.get(i)));
    }
  }

  /** The file's descriptor, without source information. */
  public FileDescriptorProto proto() {
    return proto;
  }

  public String path() {
    return proto.getName();
  }

  /** The folder of the file, {@code .} for the root. */
  public String folder() {
    int slash = path().lastIndexOf('/');
    return slash < 0 ? "." : path().substring(0, slash);
  }

  public String packageName() {
    return proto.getPackage();
  }

  /** Whether the file is there to be imported only, and is not checked itself. */
  public boolean isImport() {
    return isImport;
  }

  /** Whether the text says nothing of its syntax. */
  public boolean isSyntaxUnspecified() {
    return isSyntaxUnspecified;
  }

  public Features features() {
    return features;
  }

  public SourceLocations locations() {
    return locations;
  }

  public List<ImportElement> imports() {
    return imports;
  }

  public List<MessageElement> messages() {
    return messages;
  }

  public List<EnumElement> enums() {
    return enums;
  }

  public List<ServiceElement> services() {
    return services;
  }

  public List<FieldElement> extensions() {
    return extensions;
  }

  public @Nullable Place packagePlace() {
    return placeOf(PACKAGE);
  }

  public @Nullable Place syntaxPlace() {
    return placeOf(SYNTAX);
  }

  /** Where an option of the file is set, by its field number. */
  public @Nullable Place optionPlace(int option) {
    return placeOf(OPTIONS, option);
  }

  @Nullable Place placeOf(int... path) {
    Location location = locations.find(path);
    return location == null ? null : new Place(this, path, location);
  }

  /** The text that the file was compiled from, or the empty text where it is not known. */
  String source() {
    return sources.apply(path());
  }

  /** Visits every message, each before those inside it. */
  public void forEachMessage(Consumer<MessageElement> visitor) {
    visitMessages(messages, visitor);
  }

  private static void visitMessages(
      List<MessageElement> messages, Consumer<MessageElement> visitor) {
    for (MessageElement message : messages) {
      visitor.accept(message);
      visitMessages(message.messages(), visitor);
    }
  }

  /** Visits every enum of the file and of its messages. */
  public void forEachEnum(Consumer<EnumElement> visitor) {
    enums.forEach(visitor);
    forEachMessage(message -> message.enums().forEach(visitor));
  }

  /** Visits every extension of the file and of its messages. */
  public void forEachExtension(Consumer<FieldElement> visitor) {
    extensions.forEach(visitor);
    forEachMessage(message -> message.extensions().forEach(visitor));
  }

  /** Visits every field and every extension. */
  public void forEachField(Consumer<FieldElement> visitor) {
    forEachMessage(message -> message.fields().forEach(visitor));
    forEachExtension(visitor);
  }
}

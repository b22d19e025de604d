import FuzzTargets
import Glibc

/// The function of the target that CARNET_FUZZ_TARGET names.
private let target: FuzzTarget = {
  let name = unsafe getenv("CARNET_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
  guard let target = FuzzTarget.named(name) else { fatalError("no target \(name)") }
  return target
}()

/// libFuzzer's driver.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What libFuzzer calls with each input.
private let fuzz: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = { data, size in
  _ = unsafe target.run(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}

/// The package manager's name for the entry of this program.
@_cdecl("Fuzz_main")
public func start(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  unsafe setenv("ASAN_OPTIONS", "detect_leaks=0", 0)
  var (count, arguments) = unsafe (count, arguments)
  return unsafe runDriver(&count, &arguments, fuzz)
}

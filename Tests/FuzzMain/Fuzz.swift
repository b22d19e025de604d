import FuzzTargets
import Glibc

/// The function of the target that CARNET_FUZZ_TARGET names.
private let target: FuzzTarget = {
  let name = unsafe getenv("CARNET_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
  guard let target = FuzzTarget.named(name) else { fatalError("no target \(name)") }
  return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: size))
  target.run(bytes)
  return 0
}

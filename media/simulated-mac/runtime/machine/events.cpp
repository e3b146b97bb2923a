#include "../core/fibers.h"
#include "../core/json.h"
#include "../iokit/services.h"
#include "../kext/kexts.h"
#include "../libkern/classDictionary.h"
#include "machine.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace {
constexpr uint64_t patience = 100000 * kernel::millisecond;
// Between two commands a person lets time pass, too: drivers that start or stop come to an end meanwhile.
constexpr uint64_t pause = 10000 * kernel::millisecond;

template <typename Kind> Kind *member(const OSDictionary *event, const char *key) {
    Kind *value = OSDynamicCast(Kind, event->getObject(key));
    if (!value) throw std::invalid_argument(std::string("the event lacks a proper \"") + key + "\"");
    return value;
}

std::string text(const OSDictionary *event, const char *key) {
    const OSString *string = member<OSString>(event, key);
    return std::string(string->getCStringNoCopy(), string->getLength());
}

uint64_t number(const OSDictionary *event, const char *key) {
    return member<OSNumber>(event, key)->unsigned64BitValue();
}

uint64_t numberOrZero(const OSDictionary *event, const char *key) {
    return event->getObject(key) ? number(event, key) : 0;
}

template <typename Kind> std::vector<Kind *> list(const OSDictionary *event, const char *key) {
    std::vector<Kind *> elements;
    OSArray *array = member<OSArray>(event, key);
    for (unsigned int i = 0; i < array->getCount(); i++) {
        elements.push_back(OSDynamicCast(Kind, array->getObject(i)));
        if (!elements.back()) throw std::invalid_argument("a list holds what it can't");
    }
    return elements;
}

Kext kextOf(const OSDictionary *event) {
    Kext kext = {};
    kext.identifier = text(event, "identifier");
    kext.version = text(event, "version");
    kext.uuid = text(event, "uuid");
    kext.size = number(event, "size");
    return kext;
}

/// Of a kext that is data only.
void queueClasses(const OSDictionary *event) {
    if (!event->getObject("classes")) return;
    for (const OSDictionary *each : list<OSDictionary>(event, "classes"))
        ClassDictionary::queueData(text(each, "name"), text(each, "superclass"), numberOrZero(each, "instances"));
}

/// The machine has run before, and nothing of that is left but its clock, its log and what its numbers have come to.
void resume(const OSDictionary *event) {
    nextRegistryEntryID() = number(event, "nextEntry");
    Kexts::next() = {number(event, "nextKext"), number(event, "nextAddress")};
    for (const OSDictionary *line : list<OSDictionary>(event, "log"))
        kernel::remember(number(line, "time"), text(line, "text"));
}

IOReturn boot(const OSDictionary *event) {
    const OSDictionary *before = event->getObject("resume") ? member<OSDictionary>(event, "resume") : NULL;
    if (before) kernel::now = number(before, "clock");
    ClassDictionary::registerStalled("__kernel__");
    for (const OSDictionary *each : list<OSDictionary>(event, "kexts")) {
        Kext kext = kextOf(each);
        kext.address = number(each, "address");
        kext.wired = number(each, "wired");
        kext.otherReferences = numberOrZero(each, "references");
        if (each->getObject("dependencies"))
            for (const OSString *library : list<OSString>(each, "dependencies"))
                if (const Kext *found = Kexts::find(library->getCStringNoCopy()))
                    kext.dependencies.push_back(found->index);
        queueClasses(each);
        OSReturn result = ClassDictionary::registerStalled(kext.identifier);
        if (result != kOSReturnSuccess) throw std::invalid_argument("two classes have one name");
        Kexts::addData(kext);
    }
    if (event->getObject("keptByPolicy"))
        for (const OSString *identifier : list<OSString>(event, "keptByPolicy"))
            Kexts::keepByPolicy(identifier->getCStringNoCopy());
    Matching::boot(text(event, "model").c_str());
    if (before) resume(before);
    return kIOReturnSuccess;
}

/// A personality without a bundle identifier gets its kext's.
OSSharedPtr<OSArray> personalitiesOf(const OSDictionary *event) {
    const OSDictionary *byName = member<OSDictionary>(event, "personalities");
    OSSharedPtr<OSArray> personalities(OSArray::withCapacity(byName->getCount()), OSNoRetain);
    for (unsigned int i = 0; i < byName->getCount(); i++) {
        OSDictionary *personality = member<OSDictionary>(byName, byName->keyAt(i));
        if (!personality->getObject(kCFBundleIdentifierKey))
            personality->setObject(kCFBundleIdentifierKey, event->getObject("identifier"));
        personalities->setObject(personality);
    }
    return personalities;
}

IOReturn load(const OSDictionary *event) {
    std::vector<std::string> dependencies;
    for (const OSString *identifier : list<OSString>(event, "dependencies"))
        dependencies.push_back(identifier->getCStringNoCopy());
    std::string twin = event->getObject("twin") ? text(event, "twin") : "";
    Kext kext = kextOf(event);
    kext.unloadUnsupported = event->getObject("unloadUnsupported") == kOSBooleanTrue;
    if (event->getObject("allowUserTerminate"))
        kext.allowUserTerminate = member<OSBoolean>(event, "allowUserTerminate")->isTrue();
    return Kexts::load(kext, twin, dependencies, personalitiesOf(event).get(), [=] { queueClasses(event); });
}

IOReturn call(const OSDictionary *event, Call &call) {
    call.selector = static_cast<uint32_t>(number(event, "selector"));
    for (const OSNumber *scalar : list<OSNumber>(event, "scalars"))
        call.scalars.push_back(scalar->unsigned64BitValue());
    if (event->getObject("structure")) call.structure = text(event, "structure");
    call.scalarOutputs.resize(numberOrZero(event, "scalarOutputs") & 0xff);
    call.structureOutput.resize(numberOrZero(event, "structureOutput") & 0xffff);
    return Connections::call(number(event, "connection"), call);
}

IOReturn pass(uint64_t seconds) { return fibers::sleep(seconds * 1000 * kernel::millisecond), kIOReturnSuccess; }

IOReturn run(const OSDictionary *event, bool first, Call &results) {
    std::string kind = text(event, "event");
    if ((kind == "boot") != first) throw std::invalid_argument("boot is the first event, and comes once");
    if (kind == "boot") return boot(event);
    if (kind == "load") return load(event);
    if (kind == "panic") panic("%s", text(event, "reason").c_str());
    if (kind == "unload")
        if (OSReturn refused = Kexts::unload(text(event, "identifier"))) return refused;
    if (kind == "unload") return pass(numberOrZero(event, "seconds"));
    if (kind == "open")
        return Connections::open(number(event, "connection"), {number(event, "pid"), text(event, "process"), 0},
                                 text(event, "service").c_str(), static_cast<UInt32>(numberOrZero(event, "type")));
    if (kind == "call" || kind == "callAsync") return call(event, results);
    if (kind == "close") return Connections::close(number(event, "connection"));
    if (kind == "unplug") return Matching::unplug(text(event, "name").c_str());
    if (kind == "wait") return pass(number(event, "seconds"));
    if (kind == "plug") return Matching::plug(text(event, "name").c_str()), kIOReturnSuccess;
    if (kind == "quit") return Connections::quit(number(event, "pid")), kIOReturnSuccess;
    throw std::invalid_argument("there is no event \"" + kind + "\"");
}

/// What becomes of an event. A thread that doesn't come back keeps it.
struct Outcome {
    bool returned;
    IOReturn status;
    std::exception_ptr malformed;
    Call results;
};
} // namespace

void kernel::runEvent(const OSDictionary *event, bool first) {
    auto outcome = std::make_shared<Outcome>();
    // Nobody waits for an asynchronous call, and a wait is as long as it is.
    bool isAsync = text(event, "event") == "callAsync";
    uint64_t limit = std::max(patience, numberOrZero(event, "seconds") * 1000 * kernel::millisecond);
    outcome->status = isAsync ? kIOReturnSuccess : kIOReturnTimeout;
    fibers::spawn("tool", [=] {
        try {
            outcome->status = run(event, first, outcome->results);
        } catch (...) {
            outcome->malformed = std::current_exception();
        }
        outcome->returned = true;
    });
    fibers::run([=] { return isAsync || outcome->returned; }, now + limit);
    fibers::run([] { return Matching::isIdle() && Termination::isIdle(); }, now + pause);
    if (outcome->malformed) std::rethrow_exception(outcome->malformed);
    const Call &results = outcome->results;
    json::object([&] {
        json::member("status", uint64_t{static_cast<UInt32>(outcome->status)});
        if (!outcome->returned) json::member("running", true);
        json::key("log");
        writeLog();
        if (!outcome->returned || results.scalarOutputs.empty()) return;
        json::key("scalars");
        json::array([&] {
            for (uint64_t scalar : results.scalarOutputs) json::value(scalar);
        });
    });
}

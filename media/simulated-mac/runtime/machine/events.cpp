#include "events.h"

#include "../core/log.h"
#include "../iokit/connections.h"
#include "../iokit/matching.h"
#include "../iokit/termination.h"
#include "../kext/kexts.h"
#include "../libkern/classDictionary.h"

#include <stdexcept>

namespace {
template <typename Kind> Kind *member(const OSDictionary *event, const char *key) {
    Kind *value = OSDynamicCast(Kind, event->getObject(key));
    if (!value)
        throw std::invalid_argument(std::string("the event lacks a proper \"") + key + "\"");
    return value;
}

std::string text(const OSDictionary *event, const char *key) {
    const OSString *string = member<OSString>(event, key);
    return std::string(string->getCStringNoCopy(), string->getLength());
}

uint64_t number(const OSDictionary *event, const char *key) {
    return member<OSNumber>(event, key)->unsigned64BitValue();
}

uint64_t numberOr(const OSDictionary *event, const char *key, uint64_t otherwise) {
    return event->getObject(key) ? number(event, key) : otherwise;
}

template <typename Kind, typename Body> void forEach(OSArray *array, Body body) {
    for (unsigned int i = 0; i < array->getCount(); i++) {
        Kind *element = OSDynamicCast(Kind, array->getObject(i));
        if (!element)
            throw std::invalid_argument("a list holds what it can't");
        body(element);
    }
}

IOReturn boot(const OSDictionary *event) {
    ClassDictionary::registerStalled("__kernel__");
    forEach<OSDictionary>(member<OSArray>(event, "kexts"), [](const OSDictionary *each) {
        Kext kext;
        kext.identifier = text(each, "identifier");
        kext.version = text(each, "version");
        kext.uuid = text(each, "uuid");
        kext.address = number(each, "address");
        kext.size = number(each, "size");
        kext.wired = number(each, "wired");
        kext.otherReferences = numberOr(each, "references", 0);
        Kexts::addApple(kext);
    });
    Matching::boot(text(event, "model").c_str());
    return kIOReturnSuccess;
}

/// A personality without a bundle identifier gets its kext's.
OSArray *copyPersonalities(const OSDictionary *event) {
    OSDictionary *byName = member<OSDictionary>(event, "personalities");
    OSArray *personalities = OSArray::withCapacity(byName->getCount());
    OSIterator *names = OSCollectionIterator::withCollection(byName);
    while (OSString *name = static_cast<OSString *>(names->getNextObject())) {
        OSDictionary *personality = member<OSDictionary>(byName, name->getCStringNoCopy());
        if (!personality->getObject(kCFBundleIdentifierKey))
            personality->setObject(kCFBundleIdentifierKey, event->getObject("identifier"));
        personalities->setObject(personality);
    }
    names->release();
    return personalities;
}

IOReturn load(const OSDictionary *event) {
    LoadRequest request;
    request.identifier = text(event, "identifier");
    request.version = text(event, "version");
    request.uuid = text(event, "uuid");
    request.twin = text(event, "twin");
    request.size = number(event, "size");
    forEach<OSString>(member<OSArray>(event, "dependencies"), [&](const OSString *identifier) {
        request.dependencies.push_back(identifier->getCStringNoCopy());
    });
    request.personalities = copyPersonalities(event);
    OSReturn result = Kexts::load(request);
    request.personalities->release();
    return result;
}

IOReturn call(const OSDictionary *event, Call &call) {
    call.selector = static_cast<uint32_t>(number(event, "selector"));
    forEach<OSNumber>(member<OSArray>(event, "scalars"),
                      [&](const OSNumber *scalar) { call.scalars.push_back(scalar->unsigned64BitValue()); });
    if (event->getObject("structure"))
        call.structure = text(event, "structure");
    call.scalarOutputs.resize(numberOr(event, "scalarOutputs", 0) & 0xff);
    call.structureOutput.resize(numberOr(event, "structureOutput", 0) & 0xffff);
    return Connections::call(number(event, "connection"), call);
}

IOReturn run(const OSDictionary *event, bool first, Call &results) {
    std::string kind = text(event, "event");
    if ((kind == "boot") != first)
        throw std::invalid_argument("boot is the first event, and comes once");
    if (kind == "boot")
        return boot(event);
    if (kind == "load")
        return load(event);
    if (kind == "unload")
        return Kexts::unload(text(event, "identifier"));
    if (kind == "open")
        return Connections::open(number(event, "connection"), number(event, "pid"), text(event, "process"),
                                 text(event, "service").c_str(), static_cast<UInt32>(numberOr(event, "type", 0)));
    if (kind == "call")
        return call(event, results);
    if (kind == "close")
        return Connections::close(number(event, "connection"));
    if (kind != "quit")
        throw std::invalid_argument("there is no event \"" + kind + "\"");
    Connections::quit(number(event, "pid"));
    return kIOReturnSuccess;
}
} // namespace

void kernel::runEvent(const OSDictionary *event, bool first, Json &json) {
    Call results = {};
    IOReturn status = run(event, first, results);
    settle();
    json.beginObject();
    json.member("status", static_cast<uint64_t>(static_cast<UInt32>(status)));
    json.key("log");
    writeLog(json);
    if (!results.scalarOutputs.empty()) {
        json.key("scalars");
        json.beginArray();
        for (uint64_t scalar : results.scalarOutputs)
            json.number(scalar);
        json.endArray();
    }
    json.endObject();
}

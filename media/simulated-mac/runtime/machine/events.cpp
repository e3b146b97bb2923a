#include "events.h"

#include "../core/log.h"
#include "../iokit/connections.h"
#include "../iokit/matching.h"
#include "../iokit/termination.h"
#include "../kext/kexts.h"
#include "../libkern/classDictionary.h"

#include <stdexcept>

namespace {
IOReturn boot(const Value &event) {
    ClassDictionary::registerStalled("__kernel__");
    for (const Value &each : event.get("kexts", Value::list).values) {
        Kext kext;
        kext.identifier = each.string("identifier");
        kext.version = each.string("version");
        kext.uuid = each.stringOr("uuid", "");
        kext.address = each.integerOr("address", 0);
        kext.size = each.integerOr("size", 0);
        kext.wired = each.integerOr("wired", kext.size);
        kext.otherReferences = each.integerOr("references", 0);
        Kexts::addApple(kext);
    }
    Matching::boot(event.string("model").c_str());
    return kIOReturnSuccess;
}

/// A personality without a bundle identifier gets its kext's.
OSArray *copyPersonalities(const Value &event) {
    OSArray *personalities = OSArray::withCapacity(1);
    for (const Value &each : event.get("personalities", Value::dictionary).values) {
        OSObject *property = each.copyProperty();
        OSDictionary *personality = OSDynamicCast(OSDictionary, property);
        if (!personality)
            throw std::invalid_argument("a personality is no dictionary");
        if (!each.find(kCFBundleIdentifierKey)) {
            OSString *identifier = OSString::withCString(event.string("identifier").c_str());
            personality->setObject(kCFBundleIdentifierKey, identifier);
            identifier->release();
        }
        personalities->setObject(personality);
        personality->release();
    }
    return personalities;
}

IOReturn load(const Value &event) {
    LoadRequest request;
    request.identifier = event.string("identifier");
    request.version = event.string("version");
    request.uuid = event.string("uuid");
    request.twin = event.string("twin");
    request.size = event.unsignedInteger("size");
    for (const Value &dependency : event.get("dependencies", Value::list).values)
        request.dependencies.push_back(dependency.text);
    request.personalities = copyPersonalities(event);
    OSReturn result = Kexts::load(request);
    request.personalities->release();
    return result;
}

IOReturn call(const Value &event, Call &call) {
    call.selector = static_cast<uint32_t>(event.unsignedInteger("selector"));
    for (const Value &scalar : event.get("scalars", Value::list).values)
        call.scalars.push_back(scalar.number);
    call.structure = event.stringOr("structure", "");
    call.scalarOutputs.resize(event.integerOr("scalarOutputs", 0) & 0xff);
    call.structureOutput.resize(event.integerOr("structureOutput", 0) & 0xffff);
    return Connections::call(event.unsignedInteger("connection"), call);
}

IOReturn run(const Value &event, bool first, Call &results) {
    const std::string &kind = event.string("event");
    if ((kind == "boot") != first)
        throw std::invalid_argument("boot is the first event, and comes once");
    if (kind == "boot")
        return boot(event);
    if (kind == "load")
        return load(event);
    if (kind == "unload")
        return Kexts::unload(event.string("identifier"));
    if (kind == "open")
        return Connections::open(event.unsignedInteger("connection"), event.unsignedInteger("pid"),
                                 event.string("process"), event.string("service").c_str(),
                                 static_cast<UInt32>(event.integerOr("type", 0)));
    if (kind == "call")
        return call(event, results);
    if (kind == "close")
        return Connections::close(event.unsignedInteger("connection"));
    if (kind != "quit")
        throw std::invalid_argument("there is no event \"" + kind + "\"");
    Connections::quit(event.unsignedInteger("pid"));
    return kIOReturnSuccess;
}
} // namespace

void kernel::runEvent(const Value &event, bool first, Json &json) {
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

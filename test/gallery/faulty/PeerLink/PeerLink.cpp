// Joins the two ends of a cable, each of which knows the other one.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>
#include <libkern/c++/OSSharedPtr.h>

class LinkEnd : public OSObject {
    OSDeclareDefaultStructors(LinkEnd)

public:
    static OSSharedPtr<LinkEnd> withName(const char *name);
    void free() override;

    void join(LinkEnd *other);
    void receive(uint32_t word) { received = word; }
    void send(uint32_t word);

private:
    const char *name;
    uint32_t received;
    OSSharedPtr<LinkEnd> peer;
};

class PeerLink : public IOService {
    OSDeclareDefaultStructors(PeerLink)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    OSSharedPtr<LinkEnd> near;
    OSSharedPtr<LinkEnd> far;
};

OSDefineMetaClassAndStructors(LinkEnd, OSObject)
OSDefineMetaClassAndStructors(PeerLink, IOService)

OSSharedPtr<LinkEnd> LinkEnd::withName(const char *name)
{
    OSSharedPtr<LinkEnd> end(OSTypeAlloc(LinkEnd), OSNoRetain);
    if (!end || !end->init())
        return nullptr;
    end->name = name;
    return end;
}

void LinkEnd::free()
{
    IOLog("%s: unplugged\n", name);
    peer.reset();
    OSObject::free();
}

void LinkEnd::join(LinkEnd *other)
{
    peer.reset(other, OSRetain); // fault
    if (other->peer != this)
        other->join(this);
}

void LinkEnd::send(uint32_t word)
{
    if (peer)
        peer->receive(word);
}

bool PeerLink::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    near = LinkEnd::withName("near");
    far = LinkEnd::withName("far");
    if (!near || !far)
        return false;
    near->join(far.get());
    near->send(0x55aa);
    registerService();
    return true;
}

void PeerLink::stop(IOService *provider)
{
    far.reset();
    near.reset();
    IOService::stop(provider);
}

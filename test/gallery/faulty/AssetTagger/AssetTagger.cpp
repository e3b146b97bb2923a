// Publishes to whom a machine belongs, where every program looks for it.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// A string that remembers when it was set.
class AssetTag : public OSString {
    OSDeclareDefaultStructors(AssetTag)

public:
    static AssetTag *withOwner(const char *owner);

private:
    uint32_t revision;
};

class AssetTagger : public IOService {
    OSDeclareDefaultStructors(AssetTagger)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    bool publish(const char *key, const char *owner);
};

OSDefineMetaClassAndStructors(AssetTag, OSString)
OSDefineMetaClassAndStructors(AssetTagger, IOService)

AssetTag *AssetTag::withOwner(const char *owner)
{
    AssetTag *tag = OSTypeAlloc(AssetTag);
    if (tag && !tag->initWithCString(owner))
        OSSafeReleaseNULL(tag);
    if (tag)
        tag->revision = 1;
    return tag;
}

bool AssetTagger::publish(const char *key, const char *owner)
{
    AssetTag *tag = AssetTag::withOwner(owner);
    if (!tag)
        return false;
    bool published = getProvider()->setProperty(key, tag); // fault
    tag->release();
    return published;
}

bool AssetTagger::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    if (!publish("asset-owner", "laboratory") || !publish("asset-room", "2.17"))
        return false;
    registerService();
    return true;
}

void AssetTagger::stop(IOService *provider)
{
    provider->removeProperty("asset-room");
    IOService::stop(provider);
}

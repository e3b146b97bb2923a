// Caches blocks. It is taken down in two steps: no new blocks first, the memory when nobody looks at it.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class CachedBlock : public OSObject {
    OSDeclareDefaultStructors(CachedBlock)

public:
    uint64_t number;
};

class DiskCache : public IOService {
    OSDeclareDefaultStructors(DiskCache)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    void free() override;

    IOReturn cache(uint64_t number);
    CachedBlock *copyLast();

private:
    void flush();

    OSArray *blocks;
    bool closing;
};

class DiskCacheUserClient : public IOUserClient {
    OSDeclareDefaultStructors(DiskCacheUserClient)

public:
    bool start(IOService *provider) override;
    bool finalize(IOOptionBits options) override;
    void free() override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    DiskCache *cache;
    CachedBlock *last;
};

OSDefineMetaClassAndStructors(CachedBlock, OSObject)
OSDefineMetaClassAndStructors(DiskCache, IOService)
OSDefineMetaClassAndStructors(DiskCacheUserClient, IOUserClient)

bool DiskCache::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    blocks = OSArray::withCapacity(8);
    if (!blocks)
        return false;
    registerService();
    return true;
}

void DiskCache::stop(IOService *provider)
{
    closing = true;
    flush();
    IOService::stop(provider);
}

void DiskCache::flush()
{
    blocks->flushCollection();
}

void DiskCache::free()
{
    OSSafeReleaseNULL(blocks);
    IOService::free();
}

IOReturn DiskCache::cache(uint64_t number)
{
    if (closing)
        return kIOReturnNotReady;
    CachedBlock *block = OSTypeAlloc(CachedBlock);
    bool cached = block && block->init() && blocks->setObject(block);
    if (cached)
        block->number = number;
    OSSafeReleaseNULL(block);
    return cached ? kIOReturnSuccess : kIOReturnNoMemory;
}

CachedBlock *DiskCache::copyLast()
{
    unsigned count = blocks->getCount();
    CachedBlock *block = count ? OSDynamicCast(CachedBlock, blocks->getObject(count - 1)) : NULL;
    if (block)
        block->retain();
    return block;
}

bool DiskCacheUserClient::start(IOService *provider)
{
    cache = OSDynamicCast(DiskCache, provider);
    if (!cache || !IOUserClient::start(provider))
        return false;
    cache->retain();
    return true;
}

bool DiskCacheUserClient::finalize(IOOptionBits options)
{
    OSSafeReleaseNULL(last);
    return IOUserClient::finalize(options);
}

void DiskCacheUserClient::free()
{
    OSSafeReleaseNULL(cache);
    IOUserClient::free();
}

IOReturn DiskCacheUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn DiskCacheUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                             IOExternalMethodDispatch *, OSObject *, void *)
{
    if (selector != 0 || arguments->scalarInputCount != 1)
        return kIOReturnBadArgument;
    IOReturn result = cache->cache(arguments->scalarInput[0]);
    OSSafeReleaseNULL(last);
    last = cache->copyLast();
    return result;
}

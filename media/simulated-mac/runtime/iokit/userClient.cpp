#include "../kernel.h"

OSDefineMetaClassAndAbstractStructors(IOUserClient, IOService)

bool IOUserClient::initWithTask(task_t owningTask, void *securityID, UInt32 type, OSDictionary *) {
    return initWithTask(owningTask, securityID, type);
}

bool IOUserClient::initWithTask(task_t, void *, UInt32) { return propertyTable || init(); }

IOReturn IOUserClient::externalMethod(uint32_t, IOExternalMethodArguments *arguments,
                                      IOExternalMethodDispatch *dispatch, OSObject *target, void *reference) {
    if (!dispatch || !dispatch->function) return kIOReturnUnsupported;
    auto differs = [](uint32_t wanted, uint32_t given) {
        return wanted != kIOUCVariableStructureSize && wanted != given;
    };
    if (differs(dispatch->checkScalarInputCount, arguments->scalarInputCount) ||
        differs(dispatch->checkStructureInputSize, arguments->structureInputSize) ||
        differs(dispatch->checkScalarOutputCount, arguments->scalarOutputCount) ||
        differs(dispatch->checkStructureOutputSize, arguments->structureOutputSize))
        return kIOReturnBadArgument;
    return dispatch->function(target, reference, arguments);
}

IOReturn IOUserClient::clientClose() { return kIOReturnUnsupported; }

IOReturn IOUserClient::clientDied() {
    if (closed) return kIOReturnUnsupported;
    closed = true;
    return clientClose();
}

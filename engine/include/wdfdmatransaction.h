/* DMA transactions. Declared only. Included by wdf.h. */
#ifndef QS_WDFDMATRANSACTION_H
#define QS_WDFDMATRANSACTION_H

#include "wdftypes.h"

typedef BOOLEAN EVT_WDF_PROGRAM_DMA(WDFDMATRANSACTION Transaction, WDFDEVICE Device,
        WDFCONTEXT Context, WDF_DMA_DIRECTION Direction, PSCATTER_GATHER_LIST SgList);
typedef EVT_WDF_PROGRAM_DMA* PFN_WDF_PROGRAM_DMA;
typedef BOOLEAN EVT_WDF_DMA_TRANSACTION_CONFIGURE_DMA_CHANNEL(WDFDMATRANSACTION DmaTransaction,
        WDFDEVICE Device, PVOID Context, PMDL Mdl, size_t Offset, size_t Length);
typedef EVT_WDF_DMA_TRANSACTION_CONFIGURE_DMA_CHANNEL*
    PFN_WDF_DMA_TRANSACTION_CONFIGURE_DMA_CHANNEL;
typedef VOID EVT_WDF_DMA_TRANSACTION_DMA_TRANSFER_COMPLETE(WDFDMATRANSACTION Transaction,
        WDFDEVICE Device, WDFCONTEXT Context, WDF_DMA_DIRECTION Direction,
        DMA_COMPLETION_STATUS Status);
typedef EVT_WDF_DMA_TRANSACTION_DMA_TRANSFER_COMPLETE*
    PFN_WDF_DMA_TRANSACTION_DMA_TRANSFER_COMPLETE;
typedef VOID EVT_WDF_RESERVE_DMA(WDFDMATRANSACTION DmaTransaction, PVOID Context);
typedef EVT_WDF_RESERVE_DMA* PFN_WDF_RESERVE_DMA;

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED_STATUS(WdfDmaTransactionCreate, WDFDMAENABLER DmaEnabler,
        PWDF_OBJECT_ATTRIBUTES Attributes, WDFDMATRANSACTION* DmaTransaction)
#define WdfDmaTransactionCreate QS_AT(qs_none_WdfDmaTransactionCreate)
QS_NOT_SIMULATED_STATUS(WdfDmaTransactionInitialize, WDFDMATRANSACTION DmaTransaction,
        PFN_WDF_PROGRAM_DMA EvtProgramDmaFunction, WDF_DMA_DIRECTION DmaDirection, PMDL Mdl,
        PVOID VirtualAddress, size_t Length)
#define WdfDmaTransactionInitialize QS_AT(qs_none_WdfDmaTransactionInitialize)
QS_NOT_SIMULATED_STATUS(WdfDmaTransactionInitializeUsingOffset, WDFDMATRANSACTION DmaTransaction,
        PFN_WDF_PROGRAM_DMA EvtProgramDmaFunction, WDF_DMA_DIRECTION DmaDirection, PMDL Mdl,
        size_t Offset, size_t Length)
#define WdfDmaTransactionInitializeUsingOffset QS_AT(qs_none_WdfDmaTransactionInitializeUsingOffset)
QS_NOT_SIMULATED_STATUS(WdfDmaTransactionInitializeUsingRequest, WDFDMATRANSACTION DmaTransaction,
        WDFREQUEST Request, PFN_WDF_PROGRAM_DMA EvtProgramDmaFunction,
        WDF_DMA_DIRECTION DmaDirection)
#define WdfDmaTransactionInitializeUsingRequest \
    QS_AT(qs_none_WdfDmaTransactionInitializeUsingRequest)
QS_NOT_SIMULATED_STATUS(WdfDmaTransactionExecute, WDFDMATRANSACTION DmaTransaction,
        WDFCONTEXT Context)
#define WdfDmaTransactionExecute QS_AT(qs_none_WdfDmaTransactionExecute)
QS_NOT_SIMULATED_STATUS(WdfDmaTransactionRelease, WDFDMATRANSACTION DmaTransaction)
#define WdfDmaTransactionRelease QS_AT(qs_none_WdfDmaTransactionRelease)
QS_NOT_SIMULATED(BOOLEAN, WdfDmaTransactionDmaCompleted, WDFDMATRANSACTION DmaTransaction,
        NTSTATUS* Status)
#define WdfDmaTransactionDmaCompleted QS_AT(qs_none_WdfDmaTransactionDmaCompleted)
QS_NOT_SIMULATED(BOOLEAN, WdfDmaTransactionDmaCompletedWithLength, WDFDMATRANSACTION DmaTransaction,
        size_t TransferredLength, NTSTATUS* Status)
#define WdfDmaTransactionDmaCompletedWithLength \
    QS_AT(qs_none_WdfDmaTransactionDmaCompletedWithLength)
QS_NOT_SIMULATED(BOOLEAN, WdfDmaTransactionDmaCompletedFinal, WDFDMATRANSACTION DmaTransaction,
        size_t FinalTransferredLength, NTSTATUS* Status)
#define WdfDmaTransactionDmaCompletedFinal QS_AT(qs_none_WdfDmaTransactionDmaCompletedFinal)
QS_NOT_SIMULATED(size_t, WdfDmaTransactionGetBytesTransferred, WDFDMATRANSACTION DmaTransaction)
#define WdfDmaTransactionGetBytesTransferred QS_AT(qs_none_WdfDmaTransactionGetBytesTransferred)
QS_NOT_SIMULATED_VOID(WdfDmaTransactionSetMaximumLength, WDFDMATRANSACTION DmaTransaction,
        size_t MaximumLength)
#define WdfDmaTransactionSetMaximumLength QS_AT(qs_none_WdfDmaTransactionSetMaximumLength)
QS_NOT_SIMULATED_VOID(WdfDmaTransactionSetSingleTransferRequirement,
        WDFDMATRANSACTION DmaTransaction, BOOLEAN RequireSingleTransfer)
#define WdfDmaTransactionSetSingleTransferRequirement \
    QS_AT(qs_none_WdfDmaTransactionSetSingleTransferRequirement)
QS_NOT_SIMULATED(WDFREQUEST, WdfDmaTransactionGetRequest, WDFDMATRANSACTION DmaTransaction)
#define WdfDmaTransactionGetRequest QS_AT(qs_none_WdfDmaTransactionGetRequest)
QS_NOT_SIMULATED(size_t, WdfDmaTransactionGetCurrentDmaTransferLength,
        WDFDMATRANSACTION DmaTransaction)
#define WdfDmaTransactionGetCurrentDmaTransferLength \
    QS_AT(qs_none_WdfDmaTransactionGetCurrentDmaTransferLength)
QS_NOT_SIMULATED(WDFDEVICE, WdfDmaTransactionGetDevice, WDFDMATRANSACTION DmaTransaction)
#define WdfDmaTransactionGetDevice QS_AT(qs_none_WdfDmaTransactionGetDevice)
QS_NOT_SIMULATED_VOID(WdfDmaTransactionGetTransferInfo, WDFDMATRANSACTION DmaTransaction,
        ULONG* MapRegisterCount, ULONG* ScatterGatherElementCount)
#define WdfDmaTransactionGetTransferInfo QS_AT(qs_none_WdfDmaTransactionGetTransferInfo)
QS_NOT_SIMULATED_VOID(WdfDmaTransactionSetChannelConfigurationCallback,
        WDFDMATRANSACTION DmaTransaction,
        PFN_WDF_DMA_TRANSACTION_CONFIGURE_DMA_CHANNEL ConfigureRoutine, PVOID ConfigureContext)
#define WdfDmaTransactionSetChannelConfigurationCallback \
    QS_AT(qs_none_WdfDmaTransactionSetChannelConfigurationCallback)
QS_NOT_SIMULATED_VOID(WdfDmaTransactionSetTransferCompleteCallback,
        WDFDMATRANSACTION DmaTransaction,
        PFN_WDF_DMA_TRANSACTION_DMA_TRANSFER_COMPLETE DmaCompletionRoutine,
        PVOID DmaCompletionContext)
#define WdfDmaTransactionSetTransferCompleteCallback \
    QS_AT(qs_none_WdfDmaTransactionSetTransferCompleteCallback)
QS_NOT_SIMULATED_VOID(WdfDmaTransactionSetImmediateExecution, WDFDMATRANSACTION DmaTransaction,
        BOOLEAN UseImmediateExecution)
#define WdfDmaTransactionSetImmediateExecution QS_AT(qs_none_WdfDmaTransactionSetImmediateExecution)
QS_NOT_SIMULATED_STATUS(WdfDmaTransactionAllocateResources, WDFDMATRANSACTION DmaTransaction,
        WDF_DMA_DIRECTION DmaDirection, ULONG RequiredMapRegisters,
        PFN_WDF_RESERVE_DMA EvtReserveDmaFunction, PVOID EvtReserveDmaContext)
#define WdfDmaTransactionAllocateResources QS_AT(qs_none_WdfDmaTransactionAllocateResources)
QS_NOT_SIMULATED_VOID(WdfDmaTransactionSetDeviceAddressOffset, WDFDMATRANSACTION DmaTransaction,
        ULONG Offset)
#define WdfDmaTransactionSetDeviceAddressOffset \
    QS_AT(qs_none_WdfDmaTransactionSetDeviceAddressOffset)
QS_NOT_SIMULATED_VOID(WdfDmaTransactionFreeResources, WDFDMATRANSACTION DmaTransaction)
#define WdfDmaTransactionFreeResources QS_AT(qs_none_WdfDmaTransactionFreeResources)
QS_NOT_SIMULATED(BOOLEAN, WdfDmaTransactionCancel, WDFDMATRANSACTION DmaTransaction)
#define WdfDmaTransactionCancel QS_AT(qs_none_WdfDmaTransactionCancel)
QS_NOT_SIMULATED(PVOID, WdfDmaTransactionWdmGetTransferContext, WDFDMATRANSACTION DmaTransaction)
#define WdfDmaTransactionWdmGetTransferContext QS_AT(qs_none_WdfDmaTransactionWdmGetTransferContext)
QS_NOT_SIMULATED_VOID(WdfDmaTransactionStopSystemTransfer, WDFDMATRANSACTION DmaTransaction)
#define WdfDmaTransactionStopSystemTransfer QS_AT(qs_none_WdfDmaTransactionStopSystemTransfer)

#endif
